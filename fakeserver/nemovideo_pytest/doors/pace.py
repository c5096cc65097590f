"""Moves a standing clock for everybody who waits on this side of a network.

Law: time goes on when somebody waits for a moment and nobody is at work; it goes to the earliest such
moment, and wakes one waiter, who is then at work. A request is at work until it is answered, a reader
until all that was written for it is read. What a task does between two awaits is work, too: in an event
loop time moves only when the loop is idle. A thread made by `Pacer.thread` is at work whenever it does
not wait. Of any other thread it is only known what it asks for here; one that holds an open stream and
does not read on is waited for as long as `PATIENCE`.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.clock.idle import Idle

PATIENCE = 1.0
"""Real seconds a thread may be busy with what it has read while others wait for time to go on."""


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Somebody who takes part: one request with its reply, one sleep, or a whole `enrolled` thread."""

    enrolled: bool = False


class Pacer:
    """Who works and who waits, on one clock whose rate is 0 and which does not jump by itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._working: dict[Party, int | None] = {}  # with the thread, if it only may be at work
        self._parked: list[tuple[float, int, Party, Future[None]]] = []
        self._arrivals = itertools.count()
        self._here = threading.local()

    def thread(self, target: Callable[..., Any], *args: Any) -> threading.Thread:
        """Return a thread, not yet started, that counts as working from now on until it ends."""
        party = Party(enrolled=True)
        self.work(party)

        def run() -> None:
            self._here.party = party
            try:
                target(*args)
            finally:
                self._dismiss(party)

        return threading.Thread(target=run, daemon=True)

    def party(self) -> Party:
        """Return the party of this thread if it is enrolled, else a new one. Not for tasks."""
        party: Party | None = getattr(self._here, "party", None)
        return party or Party()

    def work(self, party: Party) -> None:
        """Let no time pass from now on."""
        with self._lock:
            self._working[party] = None

    def pause(self, party: Party) -> None:
        """Hand what was read to the caller: a thread still counts as working, but not for ever."""
        if _loop() is not None:
            self.leave(party)
        elif not party.enrolled:
            with self._lock:
                self._working[party] = threading.get_ident()

    def leave(self, party: Party) -> None:
        """Take no part any more, unless the whole thread does."""
        if not party.enrolled:
            self._dismiss(party)

    def until_sync(self, deadline: float, party: Party) -> None:
        """Wait for `deadline`, blocking this thread; `party` is then at work."""
        waits = self._park(deadline, party)
        self._wait_no_longer_for({threading.get_ident()})
        while True:
            try:
                return waits.result(PATIENCE)
            except TimeoutError:
                self._wait_no_longer_for({*self._working.values()})

    async def until(self, deadline: float, party: Party) -> None:
        """Wait for `deadline`; `party` is then at work."""
        waits = self._park(deadline, party)
        self._look()
        await asyncio.wrap_future(waits)

    def jump(self, seconds: float) -> None:
        """Go forward by `seconds`."""
        self.jump_to(self._clock.now() + seconds)

    def jump_to(self, moment: float) -> None:
        """Go forward to `moment`, and return once all that was then due is written.

        ValueError if it is past. From a task of an event loop it returns at once, for others there go on.
        """
        self._clock.jump_to(moment)
        if _loop() is None:
            self._clock.settling(PATIENCE).result()
        self._look()

    def sleep_sync(self, seconds: float) -> None:
        """Wait until `seconds` from now, blocking this thread."""
        party = self.party()
        try:
            self.until_sync(self._clock.now() + seconds, party)
        finally:
            self.leave(party)

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` from now."""
        party = Party()
        try:
            await self.until(self._clock.now() + seconds, party)
        finally:
            self.leave(party)

    def _dismiss(self, party: Party) -> None:
        with self._lock:
            self._working.pop(party, None)
        self._look()

    def _park(self, deadline: float, party: Party) -> Future[None]:
        waits: Future[None] = Future()
        with self._lock:
            self._working.pop(party, None)
            heapq.heappush(self._parked, (deadline, next(self._arrivals), party, waits))
        return waits

    def _look(self) -> None:
        loop = _loop()
        if loop is None:
            self._move()
        else:
            Idle.of(loop).once(self._move)

    def _move(self) -> None:
        with self._lock:
            while self._parked and not self._working:
                deadline, _, party, waits = heapq.heappop(self._parked)
                if waits.set_running_or_notify_cancel():
                    self._working[party] = None
                    self._clock.jump_to(max(deadline, self._clock.now()))
                    waits.set_result(None)

    def _wait_no_longer_for(self, threads: set[int | None]) -> None:
        with self._lock:
            self._working = {
                party: thread
                for party, thread in self._working.items()
                if thread is None or thread not in threads
            }
        self._move()


def _loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
