"""How wide the columns of a drawing are: time, gutter, who, what, credits.

Law: where the page is too narrow for columns of credits, there are none, and credits follow the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.timeline.cells import cells
from nemovideo_fakeserver.timeline.pieces import Piece

NARROWEST = 32
"""How many cells words need before credits get columns of their own."""

COMFORTABLE = 48
"""How many they need before those columns get a heading, which widens them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line to be: what stands in its columns."""

    time: str = ""
    gutter: str = ""
    label: str = ""
    words: tuple[Piece, ...] = ()
    move: str = ""
    balance: str = ""


BLANK = Line()


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


def fitting(lines: Sequence[Line], width: int) -> tuple[Line, Columns]:
    """Return the line over the columns, blank where there is no room for it, and the columns."""
    heading = _heading(lines)
    columns = Columns.of([heading, *lines], width)
    if columns.words >= COMFORTABLE:
        return heading, columns
    return BLANK, Columns.of(lines, width)


def _heading(lines: Sequence[Line]) -> Line:
    if not any(line.move for line in lines):
        return BLANK
    balance = "left + frozen" if any("+" in line.balance for line in lines) else "left"
    return Line(move="credits", balance=balance)
