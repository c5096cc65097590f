"""The workers of this process: children that make files, shared by all studios.

A child takes the better part of a second to start, and a suite of tests opens a studio for each: so a
child that has done its work waits for the next, whoever's it is. It knows nothing of studios; every job
names the files that it reads and the one that it writes. Children are there until the interpreter
ends, threads only while there is work.
"""

from __future__ import annotations

import atexit
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from threading import Condition, Lock, Thread
from typing import Any, Generic, TypeAlias, TypeVar

from nemovideo_fakeserver.media.children.child import Child, Killed

T = TypeVar("T")

Ask: TypeAlias = Callable[[str, float], str]
"""Asks a worker a line, which it has so many seconds to answer; raises what `Child.ask` raises."""

ENDING_SECONDS = 5.0


class GivenUp(CancelledError):
    """The work was begun and not done: nobody wants it any more."""


class Children:
    """Processes that run `module` of this package: idle ones, and those that are lent out. At most `idle` wait for work."""

    def __init__(self, module: str, idle: int) -> None:
        self._module = module
        self._most = idle
        self._changed = Condition()
        self._idle: list[Child] = []
        self._lent: set[Child] = set()
        self._ended = False

    @contextmanager
    def lent(self) -> Iterator[Child]:
        """Lend a child that is alive, an idle one if there is any. Raises `Killed` after the end."""
        child = self._taken()
        try:
            yield child
        finally:
            self._give_back(child)

    def _taken(self) -> Child:
        with self._changed:
            if self._ended:
                raise Killed("the interpreter ends")
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    break
                child.end()
            else:
                child = Child(f"{__package__}.{self._module}")
            self._lent.add(child)
            return child

    def _give_back(self, child: Child) -> None:
        """Keep a child, unless it is no more, or there are enough."""
        with self._changed:
            if child.alive and not self._ended and len(self._idle) < self._most:
                self._idle.append(child)
            else:
                child.end()
            self._lent.discard(child)
            self._changed.notify_all()

    def end(self) -> None:
        """End all of them, for good, and wait until they are no more."""
        with self._changed:
            self._ended = True
            while self._idle:
                self._idle.pop().end()
            for child in self._lent:
                child.kill()
            self._changed.wait_for(lambda: not self._lent, ENDING_SECONDS)

    def forget(self) -> None:
        """Let go of all of them, in a fork of this process: they are not its own."""
        for child in (*self._idle, *self._lent):
            child.forget()
        for child in self._idle:  # others may be locked by threads that are not here
            child.end()
        self._changed, self._idle, self._lent = Condition(), [], set()


class Job(Future[T], Generic[T]):
    """Work for which a worker is asked; what `work` makes of the answers is its result."""

    def __init__(self, work: Callable[[Ask], T]) -> None:
        super().__init__()
        self._work = work
        self._step = Lock()
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
                self._child.kill()
            elif not self.done() and self.cancel():
                self.set_running_or_notify_cancel()

    def run(self, children: Children) -> None:
        """Do the work, with one of these children, unless it was given up before."""
        with self._step:
            if self.done() or not self.set_running_or_notify_cancel():
                return
        try:
            result = self._done(children)
        except BaseException as error:  # whatever it is, it is for whoever waits for the result
            self.set_exception(error)
        else:
            self.set_result(result)

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


class Workers:
    """Runs jobs with children, in the order in which they come, at most so many at a time."""

    def __init__(self, children: Children, most: int) -> None:
        self._children = children
        self._most = most
        self._lock = Lock()
        self._waiting: deque[Job[Any]] = deque()
        self._threads = 0

    def start(self, work: Callable[[Ask], T]) -> Job[T]:
        """Begin a job as soon as a worker is free."""
        job = Job(work)
        with self._lock:
            self._waiting.append(job)
            if self._threads < self._most:
                Thread(target=self._run, name="studio", daemon=True).start()
                self._threads += 1
        return job

    def forget(self) -> None:
        """Let go of all that waits, in a fork of this process."""
        self._lock, self._waiting, self._threads = Lock(), deque(), 0

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job.run(self._children)

    def _next(self) -> Job[Any] | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._threads -= 1
            return None


AT_ONCE = min(4, max(2, os.cpu_count() or 1))
CHILDREN = Children("worker", idle=AT_ONCE)
FILMS = Workers(CHILDREN, most=AT_ONCE)
"""For what may take minutes."""

SMALL = Workers(CHILDREN, most=2)
"""For single files, which shall not have to wait for films."""


def _forget() -> None:
    for shared in (CHILDREN, FILMS, SMALL):
        shared.forget()


atexit.register(CHILDREN.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
