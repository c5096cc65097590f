"""Reading a draft that is being edited: pictures, music, titles, subtitles, and the footage that plays.

All times are milliseconds. What a draft leaves out counts as 0, an empty mapping, or normal speed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from nemovideo_pytest.strategies.drafting import AUDIO, TEXT, VIDEO, Draft

Segment: TypeAlias = dict[str, Any]
Kind: TypeAlias = Literal["picture", "music", "title", "subtitle"]
KINDS: tuple[Kind, ...] = ("picture", "music", "title", "subtitle")

NEAR_MS = 2
"""Lengths at another speed are rounded, once for each cut."""


def segments(draft: Draft, kind: Kind) -> list[Segment]:
    """Return the segments of a kind in order of time."""
    tt = {"picture": VIDEO, "music": AUDIO}.get(kind, TEXT)
    found = [s for t in draft.get("t", ()) if t.get("tt") == tt for s in t.get("sg", ())]
    if tt == TEXT:
        found = [s for s in found if (about(s).get("role") == "subtitle") is (kind == "subtitle")]
    return sorted(found, key=start)


def about(segment: Segment) -> dict[str, Any]:
    """Return a segment's `m`."""
    inner: dict[str, Any] = segment.get("m", {})
    return inner


def start(segment: Segment) -> int:
    """Return where a segment begins on the timeline."""
    return int(segment.get("s", 0))


def end(segment: Segment) -> int:
    """Return where a segment ends on the timeline."""
    return start(segment) + int(segment.get("d", 0))


def speed(segment: Segment) -> float:
    """Return how many milliseconds of its source a segment shows in one."""
    return float(about(segment).get("speed", 1))


def length(draft: Draft) -> int:
    """Return how long the draft is: to the end of the picture, else of whatever ends last."""
    shown = segments(draft, "picture") or [s for kind in KINDS for s in segments(draft, kind)]
    return max(map(end, shown), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """A stretch of one source: `begin` and `stop` in the source, `speed` as it is shown."""

    src: str
    begin: float
    stop: float
    speed: float

    @property
    def lasts(self) -> float:
        """How long it is shown."""
        return (self.stop - self.begin) / self.speed


def footage(draft: Draft) -> list[Footage]:
    """Return what the picture shows one after the other; stretches that go on are one."""
    shown = []
    for segment in segments(draft, "picture"):
        begin, rate = float(segment.get("in", 0)), speed(segment)
        stop = begin + int(segment.get("d", 0)) * rate
        shown.append(Footage(src=str(segment.get("src")), begin=begin, stop=stop, speed=rate))
    return joined(shown)


def joined(shown: list[Footage]) -> list[Footage]:
    """Return the same with stretches that go on where the one before stopped made one."""
    whole: list[Footage] = []
    for piece in shown:
        before = whole[-1] if whole else None
        if before is not None and _goes_on(before, piece):
            whole[-1] = replace(before, stop=piece.stop)
        else:
            whole.append(piece)
    return whole


def _goes_on(before: Footage, piece: Footage) -> bool:
    same = (before.src, before.speed) == (piece.src, piece.speed)
    return same and abs(before.stop - piece.begin) <= NEAR_MS


def sliced(shown: list[Footage], begin: float, stop: float) -> Iterator[Footage]:
    """Yield the part of some footage that is shown between two moments of it."""
    at = 0.0
    for piece in shown:
        first, last = max(begin, at), min(stop, at + piece.lasts)
        if last > first:
            yield replace(
                piece,
                begin=piece.begin + (first - at) * piece.speed,
                stop=piece.begin + (last - at) * piece.speed,
            )
        at += piece.lasts


def alike(one: list[Footage], other: list[Footage]) -> bool:
    """Say whether two films show the same, give or take what rounding does."""
    return len(one) == len(other) and all(
        (a.src, a.speed) == (b.src, b.speed)
        and abs(a.begin - b.begin) <= NEAR_MS * a.speed
        and abs(a.stop - b.stop) <= NEAR_MS * a.speed
        for a, b in zip(one, other, strict=True)
    )
