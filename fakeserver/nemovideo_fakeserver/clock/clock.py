"""The clock of one world.

The law:

* Times are seconds since the Unix epoch. Time never goes backwards, and ends at `LATEST`.
* `rate > 0`: time runs by itself; a wait takes real seconds.
* `rate 0`: time stands. A jump releases, in order, every waiter that is then due.
* `rate 0` with `autojump`: time also jumps by itself to the earliest deadline anybody waits for, as
  soon as nobody who takes part has anything left to do: the event loop is idle, all enrolled threads
  wait, and nobody holds the clock. It then wakes one waiter and looks again, so that waiters go on
  one at a time in exact order of (deadline, arrival).

Everything may be called from any thread.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from nemovideo_fakeserver.clock.affine import Affine
from nemovideo_fakeserver.clock.crew import Seat
from nemovideo_fakeserver.clock.engine import Engine
from nemovideo_fakeserver.clock.moves import Moves
from nemovideo_fakeserver.clock.views import View, Views

EPOCH = datetime(2033, 3, 3, 3, 33, 33, tzinfo=UTC).timestamp()
"""Where time begins unless told otherwise: far off, so that a forgotten real clock is visible."""


class Clock:
    """Virtual time. `start` in seconds since the epoch, `rate` in virtual seconds a real one.

    `real` gives real seconds from any origin and never goes backwards. ValueError for a negative or
    infinite `rate`, and for a `start` before 1970 or after `LATEST`.
    """

    def __init__(
        self,
        start: float = EPOCH,
        *,
        rate: float = 0.0,
        autojump: bool = False,
        real: Callable[[], float] = time.monotonic,
    ) -> None:
        line = Affine(real=real(), virtual=start, rate=rate)
        self._engine = Engine(line, real, autojump=autojump)
        self._views = Views(self._engine.changed, self.now)

    def now(self) -> float:
        """Return the virtual time."""
        return self._engine.now()

    @property
    def rate(self) -> float:
        """Virtual seconds per real second; 0 while time stands."""
        return self._engine.line.rate

    def real_delay(self, deadline: float) -> float | None:
        """Return the real seconds until `deadline`, 0 if it is past, None if it never comes by itself."""
        return self._engine.line.delay(deadline, self._engine.real())

    def next_deadline(self) -> float | None:
        """Return the earliest time anybody waits for, or None."""
        with self._engine.changed:
            return self._engine.parked.first()

    def set_rate(self, rate: float) -> None:
        """Let time run at another rate from now on; ValueError if it is negative or infinite."""
        with self._engine.changed:
            line = self._engine.line.at_rate(rate, self._engine.real())
            self._engine.moves.paced(line.virtual, rate)
            self._engine.move(line)

    def jump(self, seconds: float) -> None:
        """Go forward by `seconds`; ValueError if that is negative or leads beyond `LATEST`."""
        self._engine.jump(lambda now: now + seconds)

    def jump_to(self, moment: float) -> None:
        """Go forward to `moment`, seconds since the epoch; ValueError if it is past or beyond `LATEST`."""
        self._engine.jump(lambda _now: moment)

    def jump_next(self) -> None:
        """Go forward to `next_deadline()`; stay if there is none. ValueError if it is beyond `LATEST`."""
        self._engine.jump(lambda now: max(now, self.next_deadline() or now))

    @property
    def moves(self) -> Moves:
        """What made time go other than by itself since this was last taken: see `Moves`."""
        return self._engine.moves

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Forbid automatic jumps while real work runs. Nests; a jump by hand and a rate go on."""
        self._engine.hold(+1)
        try:
            yield
        finally:
            self._engine.hold(-1)

    async def until(self, deadline: float) -> None:
        """Wait for `deadline`. One that is past only lets others go first."""
        try:
            await (self._engine.park_task(deadline) or asyncio.sleep(0))
        except asyncio.CancelledError:
            self._engine.give_up()
            raise

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` from now."""
        await self.until(self.now() + seconds)

    def until_sync(self, deadline: float) -> None:
        """Wait for `deadline` in plain sync code, blocking this thread."""
        self._engine.park_thread(deadline)

    def sleep_sync(self, seconds: float) -> None:
        """Wait until `seconds` from now in plain sync code, blocking this thread."""
        self.until_sync(self.now() + seconds)

    def enroll(self) -> Seat:
        """Make a seat for one more thread, which counts as running from now until it leaves.

        The thread runs its code inside `with seat:`. Make all seats before the first thread starts.
        """
        return self._engine.crew.enroll()

    def thread(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> threading.Thread:
        """Return an enrolled thread, not yet started; it must be, or time stands for ever."""
        seat = self.enroll()

        def run() -> None:
            with seat:
                target(*args, **kwargs)

        return threading.Thread(target=run, daemon=True)

    def view(self) -> View:
        """Register an open stream; a context manager, with `view.until(deadline)` for its waits."""
        return self._views.open(self.until)

    def settling(self, within: float) -> Future[bool]:
        """Return a future that is true once every stream with something due has written it.

        It is false after `within` real seconds: a reader that does not read keeps its stream busy.
        """
        return self._views.settling(within)

    async def settled(self, within: float) -> bool:
        """Wait for `settling`."""
        return await asyncio.wrap_future(self.settling(within))
