"""Which streams are still writing: a view is at rest only while it waits for a time yet to come.

After a jump every view whose deadline is then past is busy until it waits again or ends. So "every
frame then due has been written" is: each view that was busy at the jump has been at rest once.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Self, TypeAlias

Until: TypeAlias = Callable[[float], Awaitable[None]]


class Views:
    """The open streams of one clock; `now` and `lock` are the clock's."""

    def __init__(self, lock: threading.Condition, now: Callable[[], float]) -> None:
        self._lock = lock
        self._now = now
        self._open: set[View] = set()
        self._settlings: list[_Settling] = []

    def open(self, until: Until) -> View:
        """Register a stream that waits by `until`."""
        view = View(self, until)
        with self._lock:
            self._open.add(view)
        return view

    def busy(self) -> set[View]:
        """Return the views that are not at rest."""
        with self._lock:
            now = self._now()
            return {view for view in self._open if view.busy(now)}

    def settling(self, within: float) -> Future[bool]:
        """Return a future: true when all that are busy now have come to rest or ended.

        It is false after `within` real seconds: a reader that does not read keeps its view busy.
        """
        with self._lock:
            settling = _Settling(self.busy())
            if settling.busy:
                self._settlings.append(settling)
                settling.start_timer(within, lambda: self._give_up(settling))
        return settling.done

    def rested(self, view: View) -> None:
        """Note that `view` waits or has ended."""
        if not self._settlings:
            return
        with self._lock:
            if view in self._open and view.busy(self._now()):
                return
            for settling in self._settlings:
                settling.discard(view)
            self._settlings = [settling for settling in self._settlings if settling.busy]

    def close(self, view: View) -> None:
        """Forget `view`."""
        with self._lock:
            self._open.discard(view)
        self.rested(view)

    def _give_up(self, settling: _Settling) -> None:
        with self._lock:
            if settling in self._settlings:
                self._settlings.remove(settling)
                settling.done.set_result(False)


class View:
    """One open stream; a context manager. It is busy but for the time it spends in `until`."""

    __slots__ = ("_resting_until", "_until", "_views")

    def __init__(self, views: Views, until: Until) -> None:
        self._views = views
        self._until = until
        self._resting_until: float | None = None

    def busy(self, now: float) -> bool:
        """Say whether the stream has, or is about to have, something to write."""
        return self._resting_until is None or self._resting_until <= now

    async def until(self, deadline: float) -> None:
        """Wait for `deadline`, at rest."""
        self._resting_until = deadline
        self._views.rested(self)
        try:
            await self._until(deadline)
        finally:
            self._resting_until = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._views.close(self)


class _Settling:
    """Somebody who waits until these views have been at rest."""

    def __init__(self, busy: set[View]) -> None:
        self.busy = busy
        self.done: Future[bool] = Future()
        # As one that runs it cannot be cancelled: who no longer asks must not break who still writes.
        self.done.set_running_or_notify_cancel()
        self._timer: threading.Timer | None = None
        if not busy:
            self.done.set_result(True)

    def start_timer(self, seconds: float, give_up: Callable[[], None]) -> None:
        self._timer = threading.Timer(seconds, give_up)
        self._timer.daemon = True
        self._timer.start()

    def discard(self, view: View) -> None:
        self.busy.discard(view)
        if not self.busy and self._timer is not None:
            self._timer.cancel()
            self.done.set_result(True)
