"""When does an event loop have nothing left to do? When its ready queue is empty but for us.

The question is asked by a callback that runs behind everything that is ready, and asks again for as
long as anything else is. Counting a fixed number of rounds is not exact; looking into the queue is.
A loop that does not show its queue (uvloop) is idle when each of its tasks waits for something that
has not happened, and still does after the callbacks on their way have run.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from weakref import WeakKeyDictionary

QUIET_ROUNDS = 8
"""Rounds for which a loop without a visible queue must stay quiet: the depth of nested gathers."""


class Idle:
    """Calls back, one callback at a time, when one loop is idle; shared by all clocks on that loop.

    There is one question in the queue however many clocks ask: two of them would take each other for
    work and wait for ever.
    """

    def __init__(self) -> None:
        self._callbacks: deque[Callable[[], None]] = deque()
        self._quiet = 0

    @classmethod
    def of(cls, loop: asyncio.AbstractEventLoop) -> Idle:
        """Return the one object for `loop`."""
        return _IDLES.setdefault(loop, cls())

    def once(self, callback: Callable[[], None]) -> None:
        """Call `callback` as soon as this loop is idle. Must run in the loop's own thread."""
        self._callbacks.append(callback)
        if len(self._callbacks) == 1:
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if not self._is_idle(loop):
            loop.call_soon(self._look)
            return
        callback = self._callbacks.popleft()
        if self._callbacks:
            loop.call_soon(self._look)
        callback()

    def _is_idle(self, loop: asyncio.AbstractEventLoop) -> bool:
        ready = getattr(loop, "_ready", None)
        if ready is not None:
            return not ready
        self._quiet = self._quiet + 1 if all(map(_waits, asyncio.all_tasks(loop))) else 0
        if self._quiet < QUIET_ROUNDS:
            return False
        self._quiet = 0
        return True


def _waits(task: asyncio.Task[object]) -> bool:
    awaited: asyncio.Future[object] | None = getattr(task, "_fut_waiter", None)
    return awaited is not None and not awaited.done()


_IDLES: WeakKeyDictionary[asyncio.AbstractEventLoop, Idle] = WeakKeyDictionary()
