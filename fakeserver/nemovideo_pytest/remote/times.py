"""What time it is at a service elsewhere, and how to wait there: it runs, or it stands and is moved.

That of a fake of ours can be moved either way, over its control API.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

CLOCK = "/__fake__/clock"
"""Where a fake of ours tells its time, and is told to let it pass."""


Post = Callable[[Any], httpx.Response]
"""Tells the clock of a fake something."""


class Time(Protocol):
    """The time of a service, in seconds since the epoch."""

    rate: float

    def now(self) -> float:
        """Return the time there."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait for `seconds` of the service."""
        ...

    async def asleep(self, seconds: float) -> None:
        """Wait for `seconds` of the service, in asyncio."""
        ...


class Running:
    """Time that runs: it was `began` when this was made, and `rate` seconds pass in one of ours."""

    def __init__(self, began: float | None = None, rate: float = 1.0) -> None:
        self.rate = rate
        self._began = time.time() if began is None else began
        self._since = time.monotonic()

    def now(self) -> float:
        """Return the time there."""
        return self._began + (time.monotonic() - self._since) * self.rate

    def sleep(self, seconds: float) -> None:
        """Wait for `seconds` of the service."""
        time.sleep(seconds / self.rate)

    async def asleep(self, seconds: float) -> None:
        """Wait for `seconds` of the service, in asyncio."""
        await asyncio.sleep(seconds / self.rate)


class Steered(Running):
    """The time of a fake whose clock runs, and can be moved besides."""

    def __init__(self, post: Post, began: float, rate: float) -> None:
        super().__init__(began, rate)
        self._post = post

    def jump(self, seconds: float) -> None:
        """Jump by `seconds`; raises ValueError for the past."""
        self._began = _jumped(self._post, seconds)
        self._since = time.monotonic()

    def jump_to(self, moment: float) -> None:
        """Jump to `moment`; raises ValueError for the past."""
        self.jump(moment - self.now())


@dataclass(slots=True)
class Standing:
    """The time of a fake whose clock stands: to wait is to move it."""

    post: Post
    at: float
    rate: float = 0.0

    def now(self) -> float:
        """Return the time there, as it was last heard of."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass there."""
        self.jump(max(seconds, 0.0))

    async def asleep(self, seconds: float) -> None:
        """Let `seconds` pass there, in asyncio."""
        await asyncio.to_thread(self.sleep, seconds)

    def jump(self, by: float | str) -> None:
        """Jump by seconds, or to the `next` moment that somebody there waits for; raises ValueError for the past."""
        self.at = _jumped(self.post, by)

    def jump_to(self, moment: float) -> None:
        """Jump to `moment`; raises ValueError for the past."""
        self.jump(moment - self.at)


def _jumped(post: Post, by: float | str) -> float:
    """Jump, and return what time it is then."""
    if isinstance(by, float | int) and by < 0:
        raise ValueError(f"time does not go back: a jump by {by:g} seconds")
    return float(post({"jump": by}).raise_for_status().json()["epoch"])
