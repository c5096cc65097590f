"""The clock of one world: what time it is, who waits, and what makes time go on.

The law:

* Times are seconds since the Unix epoch. Time never goes backwards.
* `rate > 0`: time runs by itself; a wait takes real seconds.
* `rate 0`: time stands. A jump releases, in order, every waiter that is then due.
* `rate 0` with `autojump`: time also jumps by itself to the earliest deadline anybody waits for, as
  soon as nobody who takes part has anything left to do: the event loop is idle, all enrolled threads
  wait, and nobody holds the clock. It then wakes one waiter and looks again, so that waiters go on
  one at a time in exact order of (deadline, arrival).

Everything may be called from any thread; one lock guards it all.
"""

from __future__ import annotations

import asyncio
import threading
import time
from asyncio import _get_running_loop
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from nemovideo_fakeserver.clock.affine import Affine
from nemovideo_fakeserver.clock.crew import Crew, Seat, ThreadWaiter
from nemovideo_fakeserver.clock.lanes import FutureWaiter, Lane
from nemovideo_fakeserver.clock.parked import Parked
from nemovideo_fakeserver.clock.views import View, Views

EPOCH = datetime(2033, 3, 3, 3, 33, 33, tzinfo=UTC).timestamp()
"""Where time begins unless told otherwise: far off, so that a forgotten real clock is visible."""


class Clock:
    """Virtual time. `start` in seconds since the epoch, `rate` in virtual seconds a real one.

    `real` gives real seconds from any origin, and never goes backwards. ValueError for a negative
    or infinite `rate` and a `start` that is no number.
    """

    def __init__(
        self,
        start: float = EPOCH,
        *,
        rate: float = 0.0,
        autojump: bool = False,
        real: Callable[[], float] = time.monotonic,
    ) -> None:
        self._real = real
        self._line = Affine(real=real(), virtual=start, rate=rate)
        self._autojump = autojump
        # Reentrant: the garbage collector may end a stream, and so its view, inside a locked region.
        self._changed = threading.Condition(threading.RLock())
        self._parked = Parked()
        self._lanes: dict[asyncio.AbstractEventLoop, Lane] = {}
        self._holds = 0
        self._crew = Crew(self._changed, self._rearm)
        self.views = Views(self._changed, self.now)

    # What time it is

    def now(self) -> float:
        """Return the virtual time."""
        line = self._line
        return line.now(self._real()) if line.rate else line.virtual

    @property
    def rate(self) -> float:
        """Virtual seconds per real second; 0 while time stands."""
        return self._line.rate

    def real_delay(self, deadline: float) -> float | None:
        """Return the real seconds until `deadline`, 0 if it is past, None if it never comes by itself."""
        return self._line.delay(deadline, self._real())

    def next_deadline(self) -> float | None:
        """Return the earliest time anybody waits for, or None."""
        with self._changed:
            return self._parked.first()

    # What makes it go on

    def set_rate(self, rate: float) -> None:
        """Let time run at another rate from now on; ValueError if it is negative or infinite."""
        with self._changed:
            self._line = self._line.at_rate(rate, self._real())
            self._rearm()

    def jump(self, seconds: float) -> None:
        """Go forward by `seconds`; ValueError if that is negative."""
        with self._changed:
            self.jump_to(self.now() + seconds)

    def jump_to(self, moment: float) -> None:
        """Go forward to `moment`, seconds since the epoch; ValueError if it is past."""
        with self._changed:
            self._line = self._line.moved(moment, self._real())
            self._release_due()
            self._rearm()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Forbid automatic jumps while real work runs. Nests; jumps by hand and a rate go on."""
        with self._changed:
            self._holds += 1
        try:
            yield
        finally:
            with self._changed:
                self._holds -= 1
                if not self._holds:
                    self._rearm()

    # Waiting

    async def until(self, deadline: float) -> None:
        """Wait for `deadline`. One that is past only lets others go first."""
        future = self._park(deadline)
        await (future or asyncio.sleep(0))

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` from now."""
        await self.until(self.now() + seconds)

    def until_sync(self, deadline: float) -> None:
        """Wait for `deadline` in plain sync code, blocking the thread."""
        with self._changed:
            if deadline <= self.now():
                return
            waiter = ThreadWaiter(self._changed, self._crew.here())
            self._parked.push(deadline, waiter)
            try:
                while waiter.alive:
                    self._advance_for(waiter, deadline)
            finally:
                if waiter.alive:
                    waiter.wake()

    def sleep_sync(self, seconds: float) -> None:
        """Wait until `seconds` from now in plain sync code."""
        self.until_sync(self.now() + seconds)

    async def rest(self, view: View, deadline: float) -> None:
        """Wait for `deadline` on behalf of an open stream, which is at rest meanwhile."""
        view.rest(deadline)
        try:
            await self.until(deadline)
        finally:
            view.rest(None)

    async def settled(self, within: float) -> bool:
        """Wait until every stream that has something to write has written it.

        Return False if that takes more than `within` real seconds.
        """
        return await asyncio.wrap_future(self.settling(within))

    def settling(self, within: float) -> Future[bool]:
        """Return `settled` as a future that any thread may wait for."""
        return self.views.settling(within)

    # Taking part

    def enroll(self) -> Seat:
        """Make a seat for one more thread, which counts as running from now until it leaves.

        The thread runs its code inside `with seat:`; make all seats before the first thread starts.
        """
        return self._crew.enroll()

    def thread(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> threading.Thread:
        """Return an enrolled thread, not yet started; it must be, or time stands for ever."""
        seat = self.enroll()

        def run() -> None:
            with seat:
                target(*args, **kwargs)

        return threading.Thread(target=run, daemon=True)

    # The machinery; the lock is held in all of it

    def _park(self, deadline: float) -> asyncio.Future[None] | None:
        with self._changed:
            if deadline <= self.now():
                return None
            lane = self._lane()
            waiter = FutureWaiter(lane)
            self._parked.push(deadline, waiter)
            self._arm(lane)
            return waiter.future

    def _lane(self) -> Lane:
        loop = asyncio.get_running_loop()
        lane = self._lanes.get(loop)
        if lane is None:
            self._lanes = {old: l for old, l in self._lanes.items() if not old.is_closed()}
            lane = self._lanes[loop] = Lane(loop, self._crew.here(), self._act)
        return lane

    def _rearm(self) -> None:
        """Let everybody look again: something about time has changed."""
        self._changed.notify_all()
        for lane in self._lanes.values():
            lane.call(lane.forget)
