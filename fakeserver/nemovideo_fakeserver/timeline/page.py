"""Rows laid out in columns: time, gutter, who, what, credits.

Law: a time is told once for all that happened at it. Where the page is too narrow for columns of
credits, they follow the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nemovideo_fakeserver.timeline.cells import cells, padded, shifted
from nemovideo_fakeserver.timeline.cutting import Gap, gap
from nemovideo_fakeserver.timeline.labels import Labels
from nemovideo_fakeserver.timeline.lanes import gutters
from nemovideo_fakeserver.timeline.look import Tone
from nemovideo_fakeserver.timeline.pieces import Pen, Piece
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.timeline.times import elapsed
from nemovideo_fakeserver.timeline.words import words

NARROWEST = 32
"""How many cells words need before credits get columns of their own."""

COMFORTABLE = 48
"""How many they need before those columns get a heading, which widens them."""

_TONES: dict[str, Tone] = {"frozen": "quiet", "back": "good", "granted": "good"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line to be: what stands in its columns."""

    time: str
    gutter: str
    label: str
    words: tuple[Piece, ...]
    move: str = ""
    balance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """How wide the columns are, in cells; without `words` for credits there is no column."""

    time: int
    gutter: int
    label: int
    move: int
    balance: int
    words: int

    @classmethod
    def of(cls, lines: Sequence[Line], width: int) -> Columns:
        """Return columns that hold these lines on a page of this width."""
        time, gutter, label, move, balance = (
            max((cells(getattr(line, name)) for line in lines), default=0)
            for name in ("time", "gutter", "label", "move", "balance")
        )
        left = time + 2 + (gutter + 1 if gutter else 0) + (label + 2 if label else 0)
        room = width - left - (4 + move + balance if move else 0)
        words = room if room >= NARROWEST else 0
        return cls(time=time, gutter=gutter, label=label, move=move, balance=balance, words=words)


def laid_out(rows: Sequence[Row], labels: Labels, pen: Pen, most: int) -> Iterator[str]:
    """Yield the lines of a drawing, at most `most`."""
    lines = list(_lines(rows, labels, pen, gap(rows, most)))
    heading = _heading(lines)
    columns = Columns.of([heading, *lines], pen.width)
    if columns.words < COMFORTABLE:
        heading, columns = _BLANK, Columns.of(lines, pen.width)
    for line in (heading, *lines):
        yield pen.line(*_pieces(line, columns, pen))


_BLANK = Line(time="", gutter="", label="", words=())


def _heading(lines: Sequence[Line]) -> Line:
    """Return the line over the columns of credits, blank where there are none."""
    if not any(line.move for line in lines):
        return _BLANK
    balance = "left + frozen" if any("+" in line.balance for line in lines) else "left"
    return replace(_BLANK, move="credits", balance=balance)


def _lines(rows: Sequence[Row], labels: Labels, pen: Pen, cut: Gap | None) -> Iterator[Line]:
    beside = gutters(rows, pen.signs)
    start = rows[0].at if rows else 0.0
    before = ""
    for place, row in enumerate(rows):
        if cut and cut.first < place < cut.last:
            continue
        time = elapsed(row.at - start)
        if cut and place == cut.first:
            yield Line(
                time="", gutter=_passing(beside, cut, pen), label="", words=((cut.says, "quiet"),)
            )
            continue
        yield Line(
            time="" if time == before else time,
            gutter=beside[place],
            label=labels.of(row),
            words=tuple(words(row, pen.signs)),
            move=row.move,
            balance=row.balance,
        )
        before = time


def _passing(beside: Sequence[str], cut: Gap, pen: Pen) -> str:
    """Return the gutter beside what is left out: the spans that go on behind it."""
    passes = pen.signs.passes
    return "".join(" " if sign == " " else passes for sign in beside[cut.last - 1])


def _pieces(line: Line, columns: Columns, pen: Pen) -> Iterator[Piece]:
    yield shifted(line.time, columns.time) + "  ", "quiet"
    if columns.gutter:
        yield padded(line.gutter, columns.gutter) + " ", "quiet"
    if columns.label:
        yield padded(line.label, columns.label) + "  ", "quiet"
    if not line.move or not columns.words:
        yield from line.words
        yield f"  {line.move} ({line.balance})" if line.move else "", _tone(line.move)
        return
    kept = pen.cut(line.words, columns.words)
    yield from kept
    yield " " * (columns.words - sum(cells(text) for text, _ in kept)), "plain"
    yield "  " + padded(line.move, columns.move), _tone(line.move)
    yield "  " + shifted(line.balance, columns.balance), "plain"


def _tone(move: str) -> Tone:
    return _TONES.get(move.rpartition(" ")[2], "plain")
