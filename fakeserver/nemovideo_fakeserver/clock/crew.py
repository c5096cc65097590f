"""Who takes part: enrolled threads. Time moves by itself only when all of them wait.

A thread that is not enrolled is a guest: it may wait, and is woken in its turn, but nobody waits for
what it does next. Enrol every thread before the first of them starts, and never one that only joins
the others: it would count as running. A thread that runs an event loop waits when its loop is idle.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self


class Crew:
    """The enrolled threads of one clock; `lock` is the clock's, `on_leave` tells it of departures."""

    def __init__(self, lock: threading.Condition, on_leave: Callable[[], None]) -> None:
        self._lock = lock
        self._on_leave = on_leave
        self._seats: set[Seat] = set()
        self._taken: dict[int, Seat] = {}

    def enroll(self) -> Seat:
        """Make a seat, which counts as a running thread from now on."""
        seat = Seat(self)
        with self._lock:
            self._seats.add(seat)
        return seat

    def sit(self, seat: Seat) -> None:
        """Bind `seat` to the calling thread; RuntimeError if that has one already."""
        with self._lock:
            if self.here() is not None:
                name = threading.current_thread().name
                raise RuntimeError(f"thread {name!r} is enrolled already: enrol each thread once")
            self._taken[threading.get_ident()] = seat

    def leave(self, seat: Seat) -> None:
        """Take `seat` away."""
        with self._lock:
            self._seats.discard(seat)
            self._taken = {ident: held for ident, held in self._taken.items() if held is not seat}
            self._on_leave()

    def here(self) -> Seat | None:
        """Return the seat of the calling thread, or None for a guest."""
        return self._taken.get(threading.get_ident())

    def waits(self) -> bool:
        """Say whether all that live wait; true of an empty crew."""
        return all(seat.blocked or seat.idle for seat in self._seats)


class Seat:
    """The place of one living thread; a context manager for the code that runs in that thread.

    `blocked`: it waits in sync code. `idle`: its event loop has nothing to do.
    """

    __slots__ = ("_crew", "blocked", "idle")

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self.blocked = False
        self.idle = False

    def __enter__(self) -> Self:
        self._crew.sit(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Take no part any more; needed by hand only for a thread that never starts."""
        self._crew.leave(self)


class ThreadWaiter:
    """A thread that waits; `changed` is the condition on which the threads of its clock sleep."""

    __slots__ = ("_changed", "_seat", "alive")

    lane = None
    """No event loop has to look again after this wait."""

    def __init__(self, changed: threading.Condition, seat: Seat | None) -> None:
        self._changed = changed
        self._seat = seat
        self.alive = True
        if seat is not None:
            seat.blocked = True

    def wake(self) -> None:
        """Let the thread go on; it counts as running from this moment, not from when it gets there."""
        self.alive = False
        if self._seat is not None:
            self._seat.blocked = False
        self._changed.notify_all()
