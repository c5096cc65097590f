"""The workers of this process: threads that do jobs with children, shared by all studios.

A child takes the better part of a second to start, and a suite of tests opens a studio for each. So
children are there until the interpreter ends, threads only while there is work. Every job names the
files that it reads and the one that it writes.
"""

from __future__ import annotations

import atexit
import os
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any, TypeVar

from nemovideo_fakeserver.media.studio.job import Ask, Job
from nemovideo_fakeserver.media.studio.pool import Children

T = TypeVar("T")


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
