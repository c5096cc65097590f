"""How music gets on the timeline: a brief becomes a track, the track a segment at its place.

Law: there is one background music. New music takes the place of what plays in the same time; music meant
for a part of the timeline leaves the rest of the old one where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nemovideo_fakeserver.agent.reading import brief as briefs
from nemovideo_fakeserver.agent.reading.brief import Brief
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.timeline import about, later, music, pictures, put
from nemovideo_fakeserver.core.assets import Asset, Synthetic, imagined
from nemovideo_fakeserver.core.draft import AUDIO, Change, Operation, Put, Remove, Segment, end

DEFAULT_MS = 30_000
VOLUMES_UNDER_VIDEO = (35, 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where music goes, in milliseconds (`ms` None: nothing says how long), with volume and fades.

    `partly`: it is meant for a part of the timeline only. `asked`: the length is the user's own wish.
    """

    start: int
    ms: int | None
    partly: bool
    mix: dict[str, int]
    asked: bool = False


def usual_volume(bench: Bench) -> int:
    """Return how loud music is unless somebody says: like what it replaces, else less under a picture."""
    playing = [about(s).get("volume") for s in music(bench.draft)]
    if playing and playing[0]:
        return int(playing[0])
    return bench.chance.choice(VOLUMES_UNDER_VIDEO, "volume") if pictures(bench.draft) else 100


def usual_step(bench: Bench) -> dict[str, int]:
    """Return how far music steps back unless somebody says, as part of its mix: like what it replaces."""
    playing = [about(s).get("duck") for s in music(bench.draft)]
    return {"duck": int(playing[0])} if playing and playing[0] else {}


def compose(bench: Bench, brief: Brief, place: Place) -> Work:
    """Return the work that makes a piece and lays it at its place, instead of what plays there."""
    ms = place.ms or max(DEFAULT_MS, briefs.room_for(brief.drop))
    notes = {"name": brief.name(bench.language), **brief.notes()}
    return lay(bench, render(bench, brief, ms), notes, replace(place, ms=ms))


def render(bench: Bench, brief: Brief, ms: int, *, seed: int | None = None) -> Asset:
    """Return a generated track of `ms` milliseconds; with the seed of another, it is the same piece."""
    id_ = "music_" + bench.chance.hex(12, "music")
    source = Synthetic(
        kind="audio",
        seconds=ms / 1_000,
        label=brief.name("en"),
        seed=bench.chance.number("music seed") % 2**32 if seed is None else seed,
        notes=brief.notes(),
    )
    return imagined(
        source,
        filename=f"{id_}.mp3",
        url=f"{bench.scene.cdn}/generated/{id_}.mp3",
        hash_=bench.chance.hex(64, "music hash"),
        origin="generated",
    )


def lay(bench: Bench, track: Asset, notes: dict[str, Any], place: Place) -> Work:
    """Return the work that puts a track, ours or the user's own, at its place."""
    ms = place.ms or DEFAULT_MS
    segment: Segment = {
        "id": bench.new_id("music"),
        "s": place.start,
        "d": ms,
        "src": track.url,
        "in": 0,
        "m": {**notes, "role": "bgm", **place.mix},
    }
    cleared = tuple(_cleared(bench, place.start, place.start + ms, partly=place.partly))
    swept = bench.after_all(cleared)
    name, volume = notes["name"], place.mix["volume"]
    return Work(
        op="replace_bgm" if cleared else "add_bgm",
        told=bench.speak(
            f"{name} now plays as background music at {volume}% volume ({ms / 1_000:g}s).",
            f"已添加背景音乐：{name}，音量{volume}%，时长{ms / 1_000:g}秒。",
        ),
        facts={
            "track": "audio",
            "segments": [segment["id"]],
            "start": place.start,
            "duration": ms,
            **notes,
            **place.mix,
        },
        operations=(*cleared, put(swept.draft, AUDIO, segment)),
        made=(track,) if track.origin == "generated" else (),
    )


def _cleared(bench: Bench, start: int, stop: int, *, partly: bool) -> Iterator[Operation]:
    """Yield what makes room from `start` to `stop`; music meant for a part leaves the rest in place."""
    for segment in music(bench.draft):
        id_, s, e = segment["id"], segment["s"], end(segment)
        if e <= start or s >= stop:
            continue
        yield Change(id_, {"d": start - s}) if partly and s < start else Remove(id_)
        if partly and e > stop:
            yield Put(AUDIO, later(segment, stop, stop, bench.new_id("rest", id_)))


def refinable(bench: Bench) -> list[Segment]:
    """Return the music we composed ourselves; a user's recording has no brief to change."""
    return [s for s in music(bench.draft) if "bpm" in about(s)]
