"""A body of known length on its way out: at once or in drops, whole or broken off in the middle.

Law: this is a view. Faults at the bytes of a file act on whoever reads it just now. Once the last byte has
left there is nothing more to act on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.faults.actions import Break, Delay, Drip, Malformed
from nemovideo_fakeserver.core.faults.faults import Strike
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.pieces import drop, half, length, part
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Until

Waiting: TypeAlias = Callable[[], Sequence[int]]
"""Returns the numbers of the bytes at which faults wait."""

Striking: TypeAlias = Callable[[int, Side], Sequence[Strike]]
"""Lets faults strike at the byte with a number."""


class Pouring:
    """The steps of a body; `first` is the number of its first byte in the whole file, from 1."""

    def __init__(
        self,
        whole: bytes | File,
        clock: Clock,
        *,
        first: int = 1,
        waiting: Waiting = tuple,
        striking: Striking | None = None,
    ) -> None:
        self.whole = whole
        self._clock = clock
        self._first = first
        self._waiting = waiting
        self._striking = striking
        self._drip = 0.0
        self._cut: HowToCut | None = None

    def meet(self, strikes: Sequence[Strike]) -> None:
        """Take what faults on the request do to the body, before any of it has left."""
        for strike in strikes:
            match strike.action:
                case Malformed():
                    self.whole = half(self.whole)
                case Drip(seconds):
                    self._drip += seconds
                case Break(how):
                    self._cut = how

    @property
    def plain(self) -> bool:
        """Whether it all leaves at once."""
        return not self._drip and self._cut is None and self._striking is None

    def __iter__(self) -> Iterator[Step]:
        size = length(self.whole)
        end = size // 2 if self._cut else size
        gone = 0
        while gone < size:
            for step in self._struck(gone):
                yield step
                if isinstance(step, Cut):
                    return
            if gone == end:
                break
            stop = min(end, *self._stops(gone))
            yield Send(part(self.whole, gone, stop))
            gone = stop
            if self._drip and gone < end:
                yield Until(self._clock.now() + self._drip)
        if self._cut:
            yield Cut(self._cut)

    def _stops(self, gone: int) -> Iterator[int]:
        """Yield where the piece behind `gone` bytes may not go beyond."""
        yield gone + (drop(self.whole) if self._drip else length(self.whole))
        for number in self._waiting():
            behind = number - self._first + 1
            yield from (at for at in (behind - 1, behind) if at > gone)

    def _struck(self, gone: int) -> Iterator[Step]:
        """Let faults strike between two bytes: after the one, if it has left, and before the other."""
        if self._striking is None:
            return
        number = self._first + gone
        if gone:
            yield from self._acted(self._striking(number - 1, "after"))
        yield from self._acted(self._striking(number, "before"))

    def _acted(self, strikes: Sequence[Strike]) -> Iterator[Step]:
        seconds = sum(s.action.seconds for s in strikes if isinstance(s.action, Delay))
        if seconds:
            yield Until(self._clock.now() + seconds)
        for strike in strikes:
            match strike.action:
                case Drip(more):
                    self._drip += more
                case Break(how):
                    yield Cut(how)
