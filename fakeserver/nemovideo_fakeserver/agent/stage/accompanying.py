"""Music that ended with the picture ends with it still, whatever length the picture has now.

Law: what we composed follows the new end, from the same seed where the piece is too short; a user's own
recording is never made longer. Music that runs over the new end is shortened.
"""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_fakeserver.agent.reading import brief as briefs
from nemovideo_fakeserver.agent.reading.lengths import LONGEST_MS
from nemovideo_fakeserver.agent.stage.bench import Bench
from nemovideo_fakeserver.agent.stage.scoring import render
from nemovideo_fakeserver.agent.stage.timeline import about, music, shorten
from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import Change, Operation, Segment, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What makes the music end with the picture; `told` is empty where no music became longer."""

    operations: tuple[Operation, ...] = ()
    made: tuple[Asset, ...] = ()
    told: str = ""


def followed(bench: Bench, before: int, after: int) -> Followed:
    """Return what becomes of the music when the picture ends at `after` rather than `before` (ms)."""
    operations: list[Operation] = []
    made: list[Asset] = []
    longer = False
    for number, track in enumerate(music(bench.draft)):
        if after > before == end(track) and "bpm" in about(track):
            patch, takes = _lengthened(
                bench.at("follow", number), track, min(after - track["s"], LONGEST_MS)
            )
            operations.append(Change(track["id"], patch))
            made += takes
            longer = True
        else:
            operations += shorten(track, after)
    told = bench.speak(
        f" The music plays on to the new end ({after / 1_000:g}s).",
        f"音乐随画面延长到{after / 1_000:g}秒。",
    )
    return Followed(operations=tuple(operations), made=tuple(made), told=told if longer else "")


def _lengthened(bench: Bench, track: Segment, ms: int) -> tuple[dict[str, object], list[Asset]]:
    """Return the change of a track that plays for `ms`, and the longer piece if one is needed."""
    old = next((a for a in bench.generated if a.url == track.get("src")), None)
    if old is not None and old.seconds * 1_000 >= int(track.get("in", 0)) + ms:
        return {"d": ms}, []
    seed = old.source.seed if old is not None and isinstance(old.source, Synthetic) else None
    piece = render(bench, briefs.recalled(about(track)), ms, seed=seed)
    return {"src": piece.url, "in": 0, "d": ms}, [piece]
