"""Replies and streams that wait for real work: the clock is held, the work done, and the wait is over.

The work belongs to the world, not to the reader: neither one who leaves nor patience that ends cancels it.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import Pending, Reply


@dataclass(frozen=True, slots=True)
class Work:
    """Real work that is waited for with the clock held."""

    clock: Clock
    job: concurrent.futures.Future[Any]

    def done_sync(self) -> None:
        """Wait for its end, good or bad, blocking this thread."""
        with self.clock.hold():
            concurrent.futures.wait([self.job])

    async def done(self) -> None:
        """Wait for its end, good or bad."""
        with self.clock.hold():
            await _finished(self.job)


def ready_sync(reply: Reply) -> Reply:
    """Return `reply` once no work is left to wait for, blocking this thread."""
    while isinstance(pending := reply.body, Pending):
        with pending.clock.hold():
            concurrent.futures.wait([pending.job], timeout=pending.patience)
            reply = pending.resume()
    return reply


async def ready(reply: Reply) -> Reply:
    """Return `reply` once no work is left to wait for."""
    while isinstance(pending := reply.body, Pending):
        with pending.clock.hold():
            with suppress(TimeoutError):
                async with asyncio.timeout(pending.patience):
                    await _finished(pending.job)
            reply = pending.resume()
    return reply


async def _finished(job: concurrent.futures.Future[Any]) -> None:
    """Wait for the end of `job`, good or bad."""
    done = asyncio.Event()
    job.add_done_callback(_from_any_thread(asyncio.get_running_loop(), done.set))
    await done.wait()


def _from_any_thread(
    loop: asyncio.AbstractEventLoop, function: Callable[[], None]
) -> Callable[[object], None]:
    def call(_job: object) -> None:
        with suppress(RuntimeError):  # the loop was closed before the work ended
            loop.call_soon_threadsafe(function)

    return call
