"""How a clock lives in an asyncio loop: one armed question or one timer a loop, a future a waiter.

Anything may be asked from any thread; it then happens in the loop's own.
"""

from __future__ import annotations

import asyncio
from asyncio import _get_running_loop
from collections.abc import Callable
from contextlib import suppress

from nemovideo_fakeserver.clock.crew import Seat
from nemovideo_fakeserver.clock.idle import Idle

SHORTEST_TIMER = 0.001
"""Seconds; a loop that rounds its timers to milliseconds would fire early and spin."""


class Lane:
    """One loop, seen from one clock. `act` is the clock's work when the loop is idle or a timer ends."""

    __slots__ = ("_act", "_asked", "_timer", "_timer_for", "loop")

    def __init__(self, loop: asyncio.AbstractEventLoop, act: Callable[[Lane], None]) -> None:
        self.loop = loop
        self._act = act
        self._asked = False
        self._timer: asyncio.TimerHandle | None = None
        self._timer_for = 0.0

    def call(self, function: Callable[[], object]) -> None:
        """Run `function` in the loop's thread, at once if that is this one; a closed loop is past."""
        if _get_running_loop() is self.loop:
            function()
        else:
            with suppress(RuntimeError):  # a loop may be closed at any moment by its own thread
                self.loop.call_soon_threadsafe(function)

    def ask_when_idle(self) -> None:
        """Act once as soon as the loop has nothing left to do."""
        if not self._asked:
            self._asked = True
            Idle.of(self.loop).once(self._answer)

    def _answer(self) -> None:
        self._asked = False
        self._act(self)

    def set_timer(self, deadline: float, delay: float) -> None:
        """Act after `delay` real seconds, for the sake of `deadline`."""
        if self._timer is None or deadline != self._timer_for:
            self.cancel_timer()
            self._timer_for = deadline
            self._timer = self.loop.call_later(max(delay, SHORTEST_TIMER), self._ring)

    def cancel_timer(self) -> None:
        """Take the timer away."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ring(self) -> None:
        self._timer = None
        self._act(self)


class FutureWaiter:
    """A task that waits."""

    __slots__ = ("_seat", "future", "lane")

    def __init__(self, lane: Lane, seat: Seat | None) -> None:
        self.lane = lane
        self.future: asyncio.Future[None] = lane.loop.create_future()
        self._seat = seat
        if seat is not None:
            seat.idle = False

    @property
    def alive(self) -> bool:
        """Whether the task still waits and can be reached."""
        return not self.future.done() and not self.lane.loop.is_closed()

    def wake(self) -> None:
        """Let the task go on; an enrolled thread counts as running until its loop is idle again."""
        if self._seat is not None:
            self._seat.idle = False
        self.lane.call(self._settle)

    def fail(self, error: BaseException) -> None:
        """Hand `error` to the task. Only in the loop's own thread."""
        if not self.future.done():
            self.future.set_exception(error)

    def _settle(self) -> None:
        if not self.future.done():
            self.future.set_result(None)
