"""How time passes while a recording is sent again. Times are seconds since the beginning.

A fake at rate 0 is moved by its control API, so minutes take no time and every frame has its exact virtual
time. Everywhere else time passes by itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeAlias

Sleep: TypeAlias = Callable[[float], Awaitable[None]]
Moved: TypeAlias = Callable[[float | str], Awaitable[float]]
"""Jumps by seconds, or to the `next` thing that is due; returns the epoch seconds that it is then."""


class Pace(Protocol):
    """What moves time, or waits for it."""

    patience: float
    """Real seconds without a sign after which nothing more of a reply comes."""

    head_patience: float
    """Real seconds after which a reply that has not begun never comes."""

    def stamp(self) -> Any:
        """Return what `time_of` needs to tell when this was."""
        ...

    def time_of(self, stamp: Any) -> float:
        """Return when a stamp was made, once whatever was due then has arrived."""
        ...

    async def until(self, at: float, *, is_watched: bool) -> None:
        """Wait for `at`; somebody reads a stream meanwhile if `is_watched`."""
        ...

    async def further(self) -> bool:
        """Let the next thing happen, whatever it is; return False where nothing did."""
        ...


class FakePace:
    """The clock of a fake that stands still unless it is told to jump.

    What arrives between two jumps was due when the first of them ended: a stamp is a number of jumps.
    """

    STEP = 0.5
    """Virtual seconds of a jump while somebody reads: so exact are the times of frames then."""

    def __init__(
        self,
        moved: Moved,
        begun: float,
        *,
        settle: Callable[[], Awaitable[None]],
        patience: float = 10.0,
        head_patience: float = 60.0,
    ) -> None:
        self.patience, self.head_patience = patience, head_patience
        self._moved, self._begun, self._settle = moved, begun, settle
        self._times = [0.0]

    def stamp(self) -> int:
        """Return how many jumps there were."""
        return len(self._times) - 1

    def time_of(self, stamp: Any) -> float:
        """Return where the jump led."""
        return self._times[int(stamp)]

    async def until(self, at: float, *, is_watched: bool) -> None:
        """Jump to `at`, if that is still to come; in steps if a stream is open."""
        while (left := round(at - self._times[-1], 6)) > 0:
            await self._jump(min(left, self.STEP) if is_watched else left)

    async def further(self) -> bool:
        """Jump to the next thing that is due."""
        before = self._times[-1]
        await self._jump("next")
        return self._times[-1] > before

    async def _jump(self, how: float | str) -> None:
        self._times.append(self._times[-1])
        self._times[-1] = await self._moved(how) - self._begun
        await self._settle()


class RealPace:
    """The time on the wall; `sleep` and `now` are somebody else's in tests."""

    def __init__(
        self,
        *,
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
        patience: float = 120.0,
    ) -> None:
        self.patience = self.head_patience = patience
        self._sleep, self._now = sleep, now
        self._begun = now()

    def stamp(self) -> float:
        """Return the seconds since the beginning."""
        return self._now() - self._begun

    def time_of(self, stamp: Any) -> float:
        """Return them as they are."""
        return float(stamp)

    async def until(self, at: float, *, is_watched: bool) -> None:  # noqa: ARG002  # waits either way
        """Wait for `at`."""
        if (left := at - self.stamp()) > 0:
            await self._sleep(left)

    async def further(self) -> bool:
        """Wait a little; nothing can be done."""
        await self._sleep(0.05)
        return False
