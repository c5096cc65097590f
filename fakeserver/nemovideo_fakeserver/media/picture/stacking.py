"""Captions that would lie on each other: the later one gives way.

Pure: boxes come in, and how far each of them is moved comes out. A box is moved once, for all its time:
nothing on the screen jumps when another caption ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What a caption takes of the canvas, in pixels, from frame `first` up to `last` (that one is past).

    `right` and `bottom` are past it, too. One that `rises` gives way upwards, any other downwards.
    """

    first: int
    last: int
    left: int
    top: int
    right: int
    bottom: int
    rises: bool = False

    @property
    def empty(self) -> bool:
        """Say whether there is nothing of it to be seen."""
        return not (self.first < self.last and self.left < self.right and self.top < self.bottom)

    def beside(self, other: Box) -> bool:
        """Say whether the two are never seen above one another."""
        together = self.first < other.last and other.first < self.last
        return not (together and self.left < other.right and other.left < self.right)


def shifts(boxes: Iterable[Box], height: int) -> Iterator[int]:
    """Yield how many pixels down (or up, below 0) each box is moved on a canvas of that height.

    As long as there is room, no two boxes overlap at any frame. One that has none its own way is moved the
    other way; one that has none at all stays where it is, and so does one that is in nobody's way.
    """
    placed: list[Box] = []
    for box in boxes:
        shift = 0 if box.empty else _shift(box, placed, height)
        if not box.empty:
            placed.append(replace(box, top=box.top + shift, bottom=box.bottom + shift))
        yield shift


def _shift(box: Box, placed: Iterable[Box], height: int) -> int:
    taken = [(other.top, other.bottom) for other in placed if not box.beside(other)]
    over = [(-bottom, -top) for top, bottom in taken]
    down = _way(box.top, box.bottom, taken, height)
    up = _way(-box.bottom, -box.top, over, 0)
    lifted = None if up is None else -up
    ways = (lifted, down) if box.rises else (down, lifted)
    return next((way for way in ways if way is not None), 0)


def _way(top: int, bottom: int, taken: Iterable[tuple[int, int]], end: int) -> int | None:
    """Return how far it is to the first place from `top` on that nobody takes; None if it is beyond `end`."""
    way = 0
    for first, last in sorted(taken):
        if first < bottom + way and top + way < last:
            way = last - top
    return way if bottom + way <= end else None
