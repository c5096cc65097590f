"""What time it is at a service elsewhere, and how to wait there: it runs, or it stands and is moved."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

CLOCK = "/__fake__/clock"
"""Where a fake of ours tells its time, and is told to let it pass."""


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


@dataclass(slots=True)
class Standing:
    """The time of a fake whose clock stands: to wait is to move it, over its control API."""

    post: Callable[[Any], httpx.Response]
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
        """Jump by seconds, or to the `next` moment that somebody there waits for."""
        self.at = float(self.post({"jump": by}).raise_for_status().json()["epoch"])
