"""A line in pieces: each text with its tone, cut as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from nemovideo_fakeserver.timeline.cells import cells, fits, fitted
from nemovideo_fakeserver.timeline.look import Signs, Tone, painted

Piece: TypeAlias = tuple[str, Tone]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes lines that are at most `width` cells wide, in colour or not."""

    width: int
    colour: bool
    signs: Signs

    def line(self, *pieces: Piece) -> str:
        """Return pieces as a line, without blanks at its end."""
        kept = _trimmed(self.cut(pieces, self.width))
        return "".join(painted(text, tone) if self.colour else text for text, tone in kept)

    def cut(self, pieces: Iterable[Piece], room: int) -> list[Piece]:
        """Return what of the pieces fits into `room` cells."""
        whole = list(pieces)
        if fits("".join(text for text, _ in whole), room):
            return whole
        return list(self._cut(whole, room))

    def _cut(self, pieces: Iterable[Piece], room: int) -> Iterator[Piece]:
        ellipsis = self.signs.more if cells(self.signs.more) <= room else ""
        left = room - cells(ellipsis)
        for text, tone in pieces:
            kept = fitted(text, left)
            left -= cells(kept)
            yield kept, tone
            if kept != text:
                yield ellipsis, tone
                return


def _trimmed(pieces: Iterable[Piece]) -> list[Piece]:
    kept = list(pieces)
    while kept and not kept[-1][0].rstrip():
        kept.pop()
    if kept:
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    return kept
