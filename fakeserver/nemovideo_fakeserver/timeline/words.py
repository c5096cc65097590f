"""The words of a row: what it is, how it went, and the rest."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.timeline.cells import padded
from nemovideo_fakeserver.timeline.folding import runs
from nemovideo_fakeserver.timeline.look import Signs
from nemovideo_fakeserver.timeline.names import ROOM
from nemovideo_fakeserver.timeline.pieces import Piece
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.timeline.times import elapsed

MOST_RUNS = 9
"""How many runs of parts a row shows."""

_MARK = 3
"""How many cells an HTTP status takes."""


def words(row: Row, signs: Signs) -> Iterator[Piece]:
    """Yield the words of a row, name and mark padded so that the rest stands in one column."""
    if row.name:
        yield padded(row.name, ROOM) + "  ", row.note_tone if not row.mark else "plain"
        yield padded(row.mark, _MARK) + "  ", row.mark_tone
    rest = [*_rest(row, signs)]
    for place, (text, tone) in enumerate(rest):
        yield text if place == len(rest) - 1 else text + "  ", tone


def _rest(row: Row, signs: Signs) -> Iterator[Piece]:
    if row.times > 1 and row.sort == "request":
        yield f"{signs.times}{row.times} in {elapsed(row.lasts)}", "quiet"
    if row.parts:
        yield _run(row, signs), "plain"
    if row.note:
        yield row.note, row.note_tone


def _run(row: Row, signs: Signs) -> str:
    """Return the parts in a row, the middle of very many left out."""
    told = [signs.many(part, times) for part, times in runs(row.parts)]
    if len(told) > MOST_RUNS:
        half = MOST_RUNS // 2
        told[half:-half] = [f"{signs.more} {len(told) - 2 * half} more {signs.more}"]
    return row.joint.join(told)
