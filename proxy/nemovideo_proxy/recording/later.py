"""Long work in a thread of its own, so that the loop is never kept from passing on what comes.

Law: one piece of work at a time, in order; what follows of it is done in the loop, in the same order.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeAlias

Work: TypeAlias = Callable[[], object]
Then: TypeAlias = Callable[[BaseException | None], None]
"""What follows of a piece of work; it is told the error that ended it."""


class Later:
    """The thread, and what waits for it; used in a running loop, until `finish`."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "nemo-proxy-writer")
        self._waiting: deque[tuple[Future[object], Then]] = deque()

    def do(self, work: Work, then: Then) -> None:
        """Do it when all before it is done."""
        loop = asyncio.get_running_loop()
        future = self._thread.submit(work)
        self._waiting.append((future, then))
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._follow))

    def finish(self) -> None:
        """Wait for all of it, and for what follows of it."""
        wait([future for future, _ in self._waiting])
        self._follow()
        self._thread.shutdown()

    def _follow(self) -> None:
        while self._waiting and self._waiting[0][0].done():
            future, then = self._waiting.popleft()
            then(future.exception())
