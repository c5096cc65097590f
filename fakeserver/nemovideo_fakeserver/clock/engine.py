"""What makes time go on: one line of time, one heap of waiters, and the rule when they may move.

Time moves by itself only while it is `free`: it stands (rate 0), may jump, nobody holds it and all
enrolled threads wait. Whoever notices that nothing is left to do (an idle loop, a thread that begins
to wait) then releases the first waiter. One lock guards everything; it is reentrant, because the
garbage collector may end a stream, and so its view, in the middle of a locked region.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial

from nemovideo_fakeserver.clock.affine import Affine
from nemovideo_fakeserver.clock.crew import Crew, ThreadWaiter
from nemovideo_fakeserver.clock.lanes import FutureWaiter, Lane
from nemovideo_fakeserver.clock.moves import Moves
from nemovideo_fakeserver.clock.parked import Parked


class Engine:
    """The moving parts of a clock; `real` gives real seconds."""

    def __init__(self, line: Affine, real: Callable[[], float], *, autojump: bool) -> None:
        self.line = line
        self.real = real
        self.changed = threading.Condition(threading.RLock())
        self.moves = Moves()
        self.parked: Parked[FutureWaiter | ThreadWaiter] = Parked()
        self.crew = Crew(self.changed, self.rearm)
        self._autojump = autojump
        self._holds = 0
        self._lanes: dict[asyncio.AbstractEventLoop, Lane] = {}

    def now(self) -> float:
        """Return the virtual time."""
        return self.line.now(self.real()) if self.line.rate else self.line.virtual

    def move(self, line: Affine) -> None:
        """Let time go along `line` from now on, and release what is due on it."""
        self.line = line
        self._release_due()
        self.rearm()

    def jump(self, target: Callable[[float], float]) -> None:
        """Go on at `target(now)`; `now` is read once, for time may run."""
        with self.changed:
            real = self.real()
            now = self.line.now(real)
            line = self.line.moved(target(now), real)
            self.moves.jumped(now, line.virtual, by="hand")
            self.move(line)

    def hold(self, change: int) -> None:
        """Count one hold more (+1) or less (-1)."""
        with self.changed:
            self._holds += change
            if not self._holds:
                self.rearm()

    def rearm(self) -> None:
        """Let everybody who waits look again: something about time has changed."""
        self.changed.notify_all()
        for lane in self._lanes.values():
            lane.call(lane.cancel_timer)
            lane.call(partial(self._arm, lane))

    def park_task(self, deadline: float) -> asyncio.Future[None] | None:
        """Return what the running task must await for `deadline`; None if that is past."""
        with self.changed:
            if deadline <= self.now():
                return None
            lane = self._lane()
            waiter = FutureWaiter(lane, self.crew.here())
            self.parked.push(deadline, waiter)
            self._arm(lane)
            return waiter.future

    def give_up(self) -> None:
        """Note that a task no longer waits."""
        with self.changed:
            self.parked.give_up()

    def park_thread(self, deadline: float) -> None:
        """Block this thread until `deadline`."""
        with self.changed:
            if deadline <= self.now():
                return
            waiter = ThreadWaiter(self.changed, self.crew.here())
            self.parked.push(deadline, waiter)
            try:
                self._sleep(waiter, deadline)
            finally:
                waiter.wake()

    def _sleep(self, waiter: ThreadWaiter, deadline: float) -> None:
        while waiter.alive:
            if self.line.rate:
                self._release_due()
            while waiter.alive and self._free():
                self._release_first()
            if waiter.alive:
                self.changed.wait(self.line.delay(deadline, self.real()))

    def _lane(self) -> Lane:
        loop = asyncio.get_running_loop()
        if loop not in self._lanes:
            living = {known: lane for known, lane in self._lanes.items() if not known.is_closed()}
            self._lanes = {**living, loop: Lane(loop, self._act)}
        return self._lanes[loop]

    def _arm(self, lane: Lane) -> None:
        """See to it that `lane` acts when it is time; only in its own thread."""
        with self.changed:
            deadline = self.parked.first()
            if deadline is None:
                return
            if (delay := self.line.delay(deadline, self.real())) is not None:
                lane.set_timer(deadline, delay)
            elif self._autojump and not self._holds and not self.line.rate:
                lane.ask_when_idle()

    def _act(self, lane: Lane) -> None:
        """Do what an idle loop, or the end of its timer, calls for."""
        with self.changed:
            try:
                if self.line.rate:
                    self._release_due()
                    self._arm(lane)
                else:
                    self._idle(lane)
            except Exception as error:  # silence would hang every waiter
                self._fail(lane, error)

    def _idle(self, lane: Lane) -> None:
        seat = self.crew.here()
        if seat is not None:
            seat.idle = True
        if self._free():
            self._release_first()
        if self._free():
            self._arm(lane)

    def _fail(self, lane: Lane, error: Exception) -> None:
        for waiter in self.parked:
            if isinstance(waiter, FutureWaiter) and waiter.lane is lane:
                waiter.fail(error)

    def _free(self) -> bool:
        return bool(self._autojump and not self._holds and not self.line.rate and self.crew.waits())

    def _release_first(self) -> None:
        deadline = self.parked.first()
        if deadline is not None:
            now = self.now()
            self.line = self.line.moved(max(deadline, now), self.real())
            self.moves.jumped(now, self.line.virtual, by="wait")
            self._release(self.parked.pop())

    def _release_due(self) -> None:
        for waiter in self.parked.pop_due(self.now()):
            self._release(waiter)

    def _release(self, waiter: FutureWaiter | ThreadWaiter) -> None:
        waiter.wake()
        if waiter.lane is not None:
            waiter.lane.call(partial(self._arm, waiter.lane))
