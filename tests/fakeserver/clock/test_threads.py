from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock

Log = list[tuple[float, int]]


def run_all(threads: list[threading.Thread]) -> None:
    """Start all threads and wait, for a bounded while, for their end."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def crew(size: int) -> Log:
    """Let enrolled threads sleep different times, with many ties; return who woke when."""
    clock = Clock(autojump=True)
    log: Log = []

    def work(number: int) -> None:
        for round_ in range(20):
            clock.sleep_sync(1 + number * 0.125 + round_ % 3 * 0.25)
            log.append((clock.now() - EPOCH, number))

    run_all([clock.thread(work, number) for number in range(size)])
    return log


@pytest.mark.parametrize("size", [2, 8])
def test_enrolled_threads_give_one_result(size: int) -> None:
    """Threads enrolled before they start see the same times in the same order, run after run."""
    log = crew(size)

    assert len(log) == size * 20
    assert [entry[0] for entry in log] == sorted(entry[0] for entry in log)
    assert all(crew(size) == log for _ in range(10))


def test_a_lone_thread_jumps_at_once() -> None:
    """Plain sync code without threads needs no ceremony: a wait is over when it begins."""
    clock = Clock(autojump=True)

    clock.sleep_sync(86400)
    clock.until_sync(EPOCH)

    assert clock.now() == EPOCH + 86400


def test_time_waits_for_a_thread_that_works(until_parked: Callable[[Clock], None]) -> None:
    """An enrolled thread that has not come to its wait yet keeps time from moving."""
    clock = Clock(autojump=True)
    working, order = threading.Event(), []

    def quick() -> None:
        clock.sleep_sync(5)
        order.append(("quick", clock.now() - EPOCH))

    def slow() -> None:
        assert working.wait(10)
        order.append(("slow", clock.now() - EPOCH))
        clock.sleep_sync(1)
        order.append(("slow", clock.now() - EPOCH))

    threads = [clock.thread(quick), clock.thread(slow)]
    for thread in threads:
        thread.start()
    until_parked(clock)
    working.set()
    for thread in threads:
        thread.join(10)

    assert order == [("slow", 0.0), ("slow", 1.0), ("quick", 5.0)]


def test_who_ends_no_longer_counts() -> None:
    """When a thread ends, well or badly, or never starts, the others go on without it."""
    clock = Clock(autojump=True)
    woken: list[float] = []

    def brief() -> None:
        with seat:
            pass

    def sleeper() -> None:
        clock.sleep_sync(5)
        woken.append(clock.now())

    seat, never_started = clock.enroll(), clock.enroll()
    waiting = clock.thread(sleeper)
    waiting.start()
    run_all([threading.Thread(target=brief)])
    assert not woken
    never_started.leave()
    waiting.join(10)

    assert woken == [EPOCH + 5]


def test_a_thread_sits_once() -> None:
    """Enrolling a thread twice is an error that names it, not a clock that stands for ever."""
    clock = Clock(autojump=True)

    with clock.enroll(), pytest.raises(RuntimeError, match=r"'MainThread' is enrolled already"):
        clock.enroll().__enter__()


def test_a_guest_is_not_waited_for() -> None:
    """A thread that is not enrolled may wait beside enrolled ones, and all come to their end."""
    clock = Clock(autojump=True)
    woken: list[float] = []

    def member() -> None:
        for _ in range(3):
            clock.sleep_sync(10)
            woken.append(clock.now() - EPOCH)

    members = [clock.thread(member)]
    for thread in members:
        thread.start()
    clock.sleep_sync(15)
    for thread in members:
        thread.join(10)

    assert woken == [10.0, 20.0, 30.0]


def test_loops_in_enrolled_threads_take_turns() -> None:
    """A thread that runs an event loop waits when its loop is idle; the order is one every time."""

    def both() -> Log:
        clock = Clock(autojump=True)
        log: Log = []

        async def steps(number: int) -> None:
            for _ in range(10):
                await asyncio.gather(clock.sleep(1 + number * 0.5), clock.sleep(1.25))
                log.append((clock.now() - EPOCH, number))

        run_all([clock.thread(lambda n=n: asyncio.run(steps(n))) for n in range(2)])
        return log

    log = both()

    assert [entry[0] for entry in log] == sorted(entry[0] for entry in log)
    assert all(both() == log for _ in range(5))
