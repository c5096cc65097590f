"""Reading the timeline, and cutting pieces out of it.

Times are milliseconds. A picture is a segment of a video track, whatever it shows; music is any segment
of an audio track; a text is a title or, with the role `subtitle`, a caption.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nemovideo_fakeserver.agent.stage.bench import Bench
from nemovideo_fakeserver.core import draft as drafts
from nemovideo_fakeserver.core.draft import (
    AUDIO,
    TEXT,
    VIDEO,
    Change,
    Draft,
    Operation,
    Put,
    Remove,
    Segment,
    end,
    segments,
)

SUBTITLE = "subtitle"


def pictures(draft: Draft) -> list[Segment]:
    """Return the segments that show something, in order of time."""
    return sorted(segments(draft, VIDEO), key=lambda s: int(s["s"]))


def music(draft: Draft) -> list[Segment]:
    """Return the segments of the audio tracks."""
    return list(segments(draft, AUDIO))


def titles(draft: Draft) -> list[Segment]:
    """Return the texts that are no subtitles."""
    return [s for s in segments(draft, TEXT) if about(s).get("role") != SUBTITLE]


def subtitles(draft: Draft) -> list[Segment]:
    """Return the captions."""
    return [s for s in segments(draft, TEXT) if about(s).get("role") == SUBTITLE]


def about(segment: Segment) -> dict[str, Any]:
    """Return the segment's `m`, or nothing where it has none."""
    inner: dict[str, Any] = segment.get("m", {})
    return inner


def total(draft: Draft) -> int:
    """Return how long the draft is: the end of the picture, else of whatever ends last."""
    return int(draft.get("d", 0))


def free(draft: Draft, tt: int, start: int, stop: int) -> bool:
    """Say whether nothing on the first track of the type lies between `start` and `stop`."""
    first = next((t for t in drafts.tracks(draft) if t.get("tt") == tt), None)
    return first is None or all(end(s) <= start or s["s"] >= stop for s in first["sg"])


def put(draft: Draft, tt: int, segment: Segment) -> Put:
    """Put a segment on the first track of its type, or on a new one where it would overlap."""
    return Put(tt, segment, new_track=not free(draft, tt, segment["s"], end(segment)))


def replaced(
    draft: Draft, tt: int, segment: Segment, times: dict[str, int]
) -> tuple[Operation, ...]:
    """Give a segment new times; it is taken out and put back, because tracks are kept in order of time."""
    if not times:
        return ()
    gone = Remove(segment["id"])
    return gone, put(drafts.apply(draft, gone), tt, {**segment, **times})


def source_step(segment: Segment, ms: int) -> int:
    """Return how far the source moves while `ms` of the segment play."""
    return round(ms * float(about(segment).get("speed", 1)))


def later(segment: Segment, at: int, start: int, new_id: str) -> Segment:
    """Return the part of a segment that comes after `at`, as a segment of its own from `start`."""
    tail = {**segment, "id": new_id, "s": start, "d": end(segment) - at}
    if "src" in segment:
        tail["in"] = int(segment.get("in", 0)) + source_step(segment, at - segment["s"])
    return tail


def cut(bench: Bench, start: int, stop: int) -> tuple[Operation, ...]:
    """Take the time from `start` to `stop` out; pictures and texts close up, music ends where they do."""
    draft = bench.draft
    left = max((end(s) for s in pictures(draft)), default=0) - (stop - start)
    operations: list[Operation] = []
    for tt in (VIDEO, TEXT):
        for segment in segments(draft, tt):
            operations += _closed(bench, tt, segment, start, stop)
    return (*operations, *(o for s in music(draft) for o in shorten(s, left)))


def _closed(bench: Bench, tt: int, segment: Segment, start: int, stop: int) -> Iterator[Operation]:
    """Yield what becomes of one segment when the time from `start` to `stop` goes."""
    id_, s, e = segment["id"], int(segment["s"]), end(segment)
    if e <= start:
        return
    if s >= stop:
        yield Change(id_, {"s": s - (stop - start)})
    elif s >= start and e <= stop:
        yield Remove(id_)
    elif s >= start:
        yield Change(
            id_,
            {k: v for k, v in later(segment, stop, start, id_).items() if k in ("s", "d", "in")},
        )
    elif e <= stop or tt == TEXT:
        yield Change(id_, {"d": start - s if e <= stop else e - s - (stop - start)})
    else:
        yield Change(id_, {"d": start - s})
        yield Put(tt, later(segment, stop, start, bench.new_id("tail", id_)))


def shorten(segment: Segment, limit: int) -> Iterator[Operation]:
    """Yield what makes a segment end at `limit` at the latest."""
    if segment["s"] >= limit:
        yield Remove(segment["id"])
    elif end(segment) > limit:
        yield Change(segment["id"], {"d": limit - segment["s"]})
