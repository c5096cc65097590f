"""Who waits for what: waiters leave in exact order of (deadline, order of arrival).

A waiter that is no longer interested (its task was cancelled, its loop closed) is skipped when it
comes to the front: it never moves time. Those further back are cleared away before they are the majority.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Waiter(Protocol):
    """One wait for one deadline, in a thread or in an event loop."""

    @property
    def alive(self) -> bool:
        """Whether somebody still waits."""
        ...

    def wake(self) -> None:
        """End the wait; may be called from any thread."""
        ...


W = TypeVar("W", bound=Waiter)


class Parked(Generic[W]):
    """The waiters of one clock. Not safe by itself: its clock holds a lock."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, W]] = []
        self._arrivals = itertools.count()
        self._given_up = 0

    def push(self, deadline: float, waiter: W) -> None:
        """Park `waiter` until `deadline`."""
        heapq.heappush(self._heap, (deadline, next(self._arrivals), waiter))

    def give_up(self) -> None:
        """Note that one waiter has died; once more than half may have, keep only the living."""
        self._given_up += 1
        if 2 * self._given_up > len(self._heap):
            self._heap = [entry for entry in self._heap if entry[2].alive]
            heapq.heapify(self._heap)
            self._given_up = 0

    def first(self) -> float | None:
        """Return the earliest deadline somebody still waits for."""
        while self._heap and not self._heap[0][2].alive:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop(self) -> W:
        """Take out the first waiter; `first()` must just have named its deadline."""
        return heapq.heappop(self._heap)[2]

    def pop_due(self, now: float) -> Iterator[W]:
        """Take out, in order, those whose deadline is not after `now`."""
        while (deadline := self.first()) is not None and deadline <= now:
            yield self.pop()

    def __iter__(self) -> Iterator[W]:
        return (waiter for _, _, waiter in self._heap)
