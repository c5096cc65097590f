"""A job: a future of what somebody makes with a worker, who may be stopped in the midst of it.

Law: what becomes of it is decided once, under its lock: it is begun, or it is cancelled. Who waits for it
is told after that, without the lock: callbacks may do anything, and wait for anything.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from threading import Lock
from typing import Generic, TypeAlias, TypeVar

from nemovideo_fakeserver.media.children.child import Child, Killed
from nemovideo_fakeserver.media.studio.pool import Children

T = TypeVar("T")

Ask: TypeAlias = Callable[[str, float], str]
"""Asks a worker a line, which it has so many seconds to answer; raises what `Child.ask` raises."""


class GivenUp(CancelledError):
    """The work was begun and not done: nobody wants it any more."""


class Job(Future[T], Generic[T]):
    """Work for which a worker is asked; what `work` makes of the answers is its result."""

    def __init__(self, work: Callable[[Ask], T]) -> None:
        super().__init__()
        self._work = work
        self._step = Lock()
        self._decided = False
        self._child: Child | None = None
        self._why = ""

    @property
    def lost(self) -> bool:
        """Whether it came to nothing."""
        return self.done() and (self.cancelled() or self.exception() is not None)

    def give_up(self, why: str) -> None:
        """Let it fail with `GivenUp` where it has begun, at once; cancel it where not. What is done stays."""
        with self._step:
            self._why = self._why or why
            if self._child is not None:
                self._child.kill()  # here, where it cannot be lent to another meanwhile
        if self._decide():
            self.cancel()
            self.set_running_or_notify_cancel()

    def run(self, children: Children) -> None:
        """Do the work, with one of these children, unless it was given up before."""
        if not self._decide() or not self.set_running_or_notify_cancel():
            return
        try:
            result = self._done(children)
        except BaseException as error:  # whatever it is, it is for whoever waits for the result
            self.set_exception(error)
        else:
            self.set_result(result)

    def _decide(self) -> bool:
        """Say whether it is for the caller to begin it or to cancel it."""
        with self._step:
            first, self._decided = not self._decided, True
        return first

    def _done(self, children: Children) -> T:
        try:
            with children.lent() as child:
                return self._with(child)
        except Killed as killed:
            raise GivenUp(self._why or "the interpreter ended in the midst of it") from killed

    def _with(self, child: Child) -> T:
        with self._step:
            if self._why:
                raise GivenUp(self._why)
            self._child = child
        try:
            return self._work(child.ask)
        finally:
            with self._step:
                self._child = None
