"""The gutter: a line beside the rows for each stream, and for the work that goes on when it broke.

Law: a span begins at the request of its turn and ends at its last row; where nothing has ended it, it
goes on to the last row of all. It keeps its place; a place that is free is taken by the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.timeline.look import Signs
from nemovideo_fakeserver.timeline.row import Row

MOST = 6
"""How many spans at once have a line."""


@dataclass(slots=True, kw_only=True)
class _Span:
    """From row `first` to row `last`; after the row `broken` only the work goes on."""

    turn: str
    first: int
    last: int
    ended: bool = False
    broken: int | None = None
    lane: int = 0


def gutters(rows: Sequence[Row], signs: Signs) -> list[str]:
    """Return what stands in the gutter beside each row, all of one width."""
    spans = _placed(_spans(rows))
    columns = [[" "] * len(rows) for _ in range(1 + max((s.lane for s in spans), default=-1))]
    for span in spans:
        for place in range(span.first, span.last + 1):
            columns[span.lane][place] = _sign(span, place, rows[place], signs)
    return ["".join(column[place] for column in columns) for place in range(len(rows))]


def _spans(rows: Sequence[Row]) -> list[_Span]:
    """Return the spans that a request opens, in order."""
    found: dict[str, _Span] = {}
    for place, row in enumerate(rows):
        if row.span and row.edge == "opens":
            found.setdefault(row.span, _Span(turn=row.span, first=place, last=place))
        if not row.span or row.span not in found:
            continue
        span = found[row.span]
        span.last = place
        span.ended = span.ended or row.edge == "closes"
        span.broken = place if row.edge == "breaks" else span.broken
    for span in found.values():
        span.last = span.last if span.ended else len(rows) - 1
    return [span for span in found.values() if span.last > span.first]


def _placed(spans: Sequence[_Span]) -> list[_Span]:
    """Return the spans for which there is a lane, with the first that is free."""
    busy: list[int] = [-1] * MOST
    placed = []
    for span in spans:
        lane = next((n for n, until in enumerate(busy) if until < span.first), None)
        if lane is not None:
            busy[lane], span.lane = span.last, lane
            placed.append(span)
    return placed


def _sign(span: _Span, place: int, row: Row, signs: Signs) -> str:
    if row.span != span.turn:
        broken = span.broken is not None and place > span.broken
        return signs.works if broken else signs.passes
    if place == span.first:
        return signs.opens
    if row.edge == "breaks":
        return signs.breaks
    return signs.closes if place == span.last and span.ended else signs.inside
