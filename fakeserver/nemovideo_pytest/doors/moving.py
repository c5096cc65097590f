"""What can move time."""

from __future__ import annotations

from typing import Protocol

from nemovideo_fakeserver.clock import Clock

SETTLING = 20.0
"""Real seconds a jump waits at most for open streams to write what was then due."""


class Movable(Protocol):
    """A time that goes forward when it is told to: times in seconds since the epoch, ValueError for the past."""

    def jump(self, seconds: float) -> None:
        """Go forward by `seconds`."""
        ...

    def jump_to(self, moment: float) -> None:
        """Go forward to `moment`."""
        ...


class Settling:
    """Moves `clock`, whose streams are written by another thread: a jump is over when all then due is written."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def jump(self, seconds: float) -> None:
        """Go forward by `seconds`."""
        self._clock.jump(seconds)
        self._clock.settling(SETTLING).result()

    def jump_to(self, moment: float) -> None:
        """Go forward to `moment`."""
        self._clock.jump_to(moment)
        self._clock.settling(SETTLING).result()
