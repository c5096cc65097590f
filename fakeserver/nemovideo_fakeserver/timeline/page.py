"""Rows laid out on a page.

Law: a time is told once for all that happened at it. Words that have no credits beside them may take the
whole width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nemovideo_fakeserver.timeline.cells import cells, padded, shifted
from nemovideo_fakeserver.timeline.columns import Columns, Line, fitting
from nemovideo_fakeserver.timeline.cutting import Gap, gap
from nemovideo_fakeserver.timeline.labels import Labels
from nemovideo_fakeserver.timeline.lanes import gutters
from nemovideo_fakeserver.timeline.look import Tone
from nemovideo_fakeserver.timeline.pieces import Pen, Piece
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.timeline.times import elapsed
from nemovideo_fakeserver.timeline.words import words

_TONES: dict[str, Tone] = {"frozen": "quiet", "back": "good", "granted": "good"}


def laid_out(rows: Sequence[Row], labels: Labels, pen: Pen, most: int) -> Iterator[str]:
    """Yield the lines of a drawing: one over the columns, and at most `most` rows."""
    every = list(_lines(rows, labels, pen))
    beside = gutters(rows, pen.signs)
    every = [replace(line, gutter=gutter) for line, gutter in zip(every, beside, strict=True)]
    cut = gap(rows, most)
    if cut:
        every[cut.first : cut.last] = [_said(cut, every[cut.last - 1], pen)]
    heading, columns = fitting(every, pen.width)
    before = ""
    for line in (heading, *every):
        time = "" if line.time == before else line.time
        before = line.time
        yield pen.line(*_pieces(replace(line, time=time), columns, pen))


def _lines(rows: Sequence[Row], labels: Labels, pen: Pen) -> Iterator[Line]:
    for row in rows:
        yield Line(
            time=elapsed(row.at - rows[0].at),
            label=labels.of(row),
            words=tuple(words(row, pen.signs)),
            move=row.move,
            balance=row.balance,
        )


def _said(cut: Gap, last: Line, pen: Pen) -> Line:
    """Return the line in the place of what is left out; spans that go on behind it pass."""
    passing = "".join(" " if sign == " " else pen.signs.passes for sign in last.gutter)
    return Line(gutter=passing, words=((cut.says, "quiet"),))


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
