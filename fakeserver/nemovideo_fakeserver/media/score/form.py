"""The form of a piece: its bars, the part each belongs to, and how much goes on there.

Law: bars follow each other without a gap from at or before the first sample to the last. Beats are counted from
one origin and never added up, so that nothing drifts. A drop lies on a bar line: the origin is moved for
it, and the piece then begins within a bar.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, groupby, islice

ENERGY = {
    "intro": 0.35,
    "verse": 0.65,
    "build": 0.55,
    "drop": 1.0,
    "chorus": 0.95,
    "bridge": 0.55,
    "breakdown": 0.4,
    "finale": 0.85,
}
"""How much goes on in a part of a piece, from 0 to 1."""

QUIET, FULL = 0.5, 0.85
"""Below the one energy there is neither beat nor melody; from the other all give their best."""

_RISE = {"build": 0.25}
"""How much a part gains from its first bar to its last."""

_BODY = ("verse", "chorus", "verse", "chorus", "bridge", "chorus")
_USUAL = 8
"""Bars in a part, about, where nobody says which parts there are."""

_CLOSING = 4
"""A piece of so many bars ends with a chord; a shorter one only fades."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar: its `start` in seconds (before 0 for one the piece begins within), its `place` in its part.

    A bar that `turns` is the last before another part, one that `lifts` before a drop; the one that `closes`
    has the last chord. It `lasts` as many seconds as any other, the closing one to the end of the piece.
    """

    start: float
    lasts: float
    part: str
    energy: float
    place: int
    turns: bool
    lifts: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a piece, by its first bar and the one after its last."""

    part: str
    first: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The bars of a piece of `seconds`: each lasts `bar` seconds, the first begins at `origin`, at 0 or before."""

    seconds: float
    bar: float
    origin: float
    spans: tuple[Span, ...]
    closing: int | None

    def bars(self) -> Iterator[Bar]:
        """Yield the bars in order, up to the closing one."""
        return chain.from_iterable(self._within(order) for order in range(len(self.spans)))

    def _within(self, order: int) -> Iterator[Bar]:
        span = self.spans[order]
        following = self.spans[order + 1].part if order + 1 < len(self.spans) else None
        for number in range(span.first, span.stop):
            if self.closing is not None and number > self.closing:
                return
            place, turns = number - span.first, number + 1 == span.stop and following is not None
            gained = _RISE.get(span.part, 0) * place / max(1, span.stop - span.first - 1)
            start, closes = self.origin + number * self.bar, number == self.closing
            yield Bar(
                start=start,
                lasts=self.seconds - start if closes else self.bar,
                part=span.part,
                energy=ENERGY[span.part] + gained,
                place=place,
                turns=turns,
                lifts=turns and following == "drop",
                closes=closes,
            )

    def since(self, second: float) -> Iterator[Bar]:
        """Yield the bars that are not over at a second."""
        return (bar for bar in self.bars() if bar.start + self.bar > second)

    def loudest(self, count: int) -> list[Bar]:
        """Return the first bars, at most `count`, of the part where most goes on."""
        order = max(range(len(self.spans)), key=lambda order: ENERGY[self.spans[order].part])
        full = list(islice(self._within(order), count))
        return [bar for bar in full if not bar.closes] or full or [next(self.bars())]


def formed(
    seconds: float, bar: float, *, sections: Sequence[str], drop: float | None, loop: bool
) -> Form:
    """Return the form of a piece of `seconds` in bars of `bar` seconds."""
    if drop is not None and drop >= seconds:
        drop = None
    phase = (drop or 0.0) % bar
    origin = phase - bar if bar - phase > 1e-9 and phase > 1e-9 else 0.0
    count = max(1, math.ceil((seconds - origin) / bar - 1e-9))
    dropped = None if drop is None else round((drop - origin) / bar)
    spans = (
        _spread(sections or _arc(count, loop=loop), 0, count)
        if dropped is None
        else _around(dropped, count, sections)
    )
    # the closing chord gets three eighths of a bar at least
    last = math.floor((seconds - origin) / bar - 0.375)
    closes = not loop and count >= _CLOSING and (dropped is None or last > dropped + 1)
    return Form(
        seconds=seconds,
        bar=bar,
        origin=origin,
        spans=tuple(spans),
        closing=last if closes else None,
    )


def _spread(parts: Sequence[str], first: int, stop: int) -> list[Span]:
    """Share out bars among parts as evenly as can be; one named twice in a row is one, twice as long."""
    edges = (
        [first + math.ceil(i * (stop - first) / len(parts)) for i in range(len(parts) + 1)]
        if parts
        else []
    )
    spans = [Span(p, a, b) for p, a, b in zip(parts, edges, edges[1:], strict=False) if a < b]
    alike = [list(group) for _, group in groupby(spans, key=lambda span: span.part)]
    return [Span(group[0].part, group[0].first, group[-1].stop) for group in alike]


def _arc(count: int, *, loop: bool) -> Sequence[str]:
    """Return the parts of a piece nobody gave any: none stands out where the end must meet the start."""
    if loop or count < _CLOSING:
        return ("chorus",)
    if count < _USUAL:
        return ("intro", "chorus", "chorus")
    body = list(islice(cycle(_BODY), max(2, round(count / _USUAL) - 1)))
    return ("intro", *(part for part in body for _ in range(2)), "finale")


def _around(drop: int, count: int, sections: Sequence[str]) -> list[Span]:
    """Lay parts before and after a drop at a bar line, with a build that leads to it."""
    at = sections.index("drop") if "drop" in sections else None
    if at is not None:
        before, after = sections[:at], sections[at:]
    else:
        at = math.ceil(len(sections) * drop / count)
        before, after = sections[:at], ("drop", *sections[at:])
    if not sections:
        before = ("intro", "verse") if drop > _USUAL else ("intro",)
        after = ("drop", *islice(cycle(_BODY[1:]), round((count - drop) / _USUAL / 2)))
    build = 0 if before[-1:] == ("build",) else min(4, (drop + 1) // 2)
    led = _spread(before, 0, drop - build) if before else []
    rise = [Span("build", led[-1].stop if led else 0, drop)] if build else []
    return [span for span in (*led, *rise, *_spread(after, drop, count)) if span.first < span.stop]
