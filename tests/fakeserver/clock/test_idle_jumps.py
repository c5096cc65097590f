from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH, Clock

uvloop = pytest.importorskip("uvloop")

Run = Callable[[Coroutine[Any, Any, None]], None]


def run_on_uvloop(main: Coroutine[Any, Any, None]) -> None:
    """Run `main` as `asyncio.run` does, on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main)


on_both_loops = pytest.mark.parametrize("run", [asyncio.run, run_on_uvloop])
"""The default loop shows its ready queue, uvloop does not."""


def fleet(run: Run) -> list[tuple[float, str, int]]:
    """Let 20 streams and 20 pollers share a clock, with loop rounds in between; return what woke when."""
    clock = Clock(autojump=True)
    log: list[tuple[float, str, int]] = []

    async def stream(number: int) -> None:
        deadline = EPOCH + number * 0.01
        for round_ in range(15):
            deadline += 1 + number % 7 * 0.3
            await clock.until(deadline)
            log.append((clock.now(), "stream", number))
            for _ in range(round_ % 3):
                await asyncio.sleep(0)

    async def poller(number: int) -> None:
        for _ in range(15):
            await clock.sleep(0.9 + number * 0.01)
            log.append((clock.now(), "poller", number))
            await asyncio.gather(*(asyncio.sleep(0) for _ in range(3)))

    async def main() -> None:
        await asyncio.gather(*map(stream, range(20)), *map(poller, range(20)))

    run(main())
    return log


def test_a_fleet_sees_time_in_exact_order() -> None:
    """20 streams and 20 pollers wake in order of time, the same way whenever it is tried."""
    log = fleet(asyncio.run)

    assert len(log) == 600
    assert [entry[0] for entry in log] == sorted(entry[0] for entry in log)
    assert all(fleet(asyncio.run) == log for _ in range(3))


def test_a_loop_without_a_visible_queue_agrees() -> None:
    """On uvloop the same fleet sees the same times in the same order."""
    assert fleet(run_on_uvloop) == fleet(asyncio.run)


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=1, max_size=30))
def test_waiters_wake_by_deadline_then_arrival(delays: list[int]) -> None:
    """Whatever the sleeps, wakes are in order of (deadline, order of arrival), each at its time."""
    clock = Clock(autojump=True)
    woken: list[tuple[float, int]] = []

    async def sleeper(number: int, delay: int) -> None:
        await clock.sleep(delay)
        woken.append((clock.now() - EPOCH, number))

    async def main() -> None:
        await asyncio.gather(*(sleeper(n, delay) for n, delay in enumerate(delays)))

    asyncio.run(main())

    assert woken == sorted((float(delay), n) for n, delay in enumerate(delays))


@on_both_loops
def test_time_waits_for_whoever_is_still_on_the_way(run: Run) -> None:
    """A client fifty rounds of the loop away from an earlier deadline is not overtaken."""
    clock = Clock(autojump=True)
    order: list[str] = []

    async def late() -> None:
        await clock.sleep(10)
        order.append("late")

    async def early() -> None:
        for _ in range(50):
            await asyncio.sleep(0)
        await clock.sleep(1)
        order.append("early")

    async def main() -> None:
        await asyncio.gather(late(), early())

    run(main())

    assert order == ["early", "late"]


@on_both_loops
def test_a_week_is_nothing(run: Run) -> None:
    """Seven virtual days pass as soon as nobody has anything left to do."""
    clock = Clock(autojump=True)

    run(clock.sleep(7 * 86400))

    assert clock.now() == EPOCH + 7 * 86400


@on_both_loops
def test_a_held_clock_does_not_jump(run: Run) -> None:
    """While real work runs in a thread time stands, however many holds; then it goes on."""
    clock = Clock(autojump=True)
    woke = threading.Event()
    overtaken: list[bool] = []

    async def work() -> None:
        with clock.hold():
            with clock.hold():
                pass
            overtaken.append(await asyncio.to_thread(woke.wait, 0.05))

    async def sleeper() -> None:
        await clock.sleep(5)
        woke.set()

    async def main() -> None:
        await asyncio.gather(sleeper(), work())

    run(main())

    assert overtaken == [False]
    assert clock.now() == EPOCH + 5


def test_a_hold_may_be_released_by_a_thread() -> None:
    """A waiter goes on when the last hold is released elsewhere."""
    clock = Clock(autojump=True)

    async def main() -> None:
        hold = clock.hold()
        hold.__enter__()
        sleeper = asyncio.create_task(clock.sleep(5))
        await asyncio.to_thread(hold.__exit__, None, None, None)
        await sleeper

    asyncio.run(main())

    assert clock.now() == EPOCH + 5


def test_who_gave_up_moves_no_time() -> None:
    """A cancelled waiter is skipped: time goes to the next one that still waits."""
    clock = Clock(autojump=True)

    async def main() -> None:
        with clock.hold():
            given_up = asyncio.create_task(clock.sleep(5))
            await asyncio.sleep(0)
            given_up.cancel()
        assert await asyncio.gather(given_up, return_exceptions=True)
        await clock.sleep(9)

    asyncio.run(main())

    assert clock.now() == EPOCH + 9


def test_a_cancelled_waiter_is_no_next_deadline() -> None:
    """The next deadline is one that somebody still waits for."""
    clock = Clock()

    async def main() -> list[float | None]:
        seen = [clock.next_deadline()]
        first, second = (asyncio.create_task(clock.sleep(n)) for n in (5, 9))
        await asyncio.sleep(0)
        seen.append(clock.next_deadline())
        first.cancel()
        await asyncio.sleep(0)
        seen.append(clock.next_deadline())
        second.cancel()
        return seen

    assert asyncio.run(main()) == [None, EPOCH + 5, EPOCH + 9]


@on_both_loops
def test_two_worlds_on_one_loop_do_not_block_each_other(run: Run) -> None:
    """Each of two clocks goes on by itself, though each has a question in the loop's queue."""
    one, other = Clock(autojump=True), Clock(autojump=True)

    async def steps(clock: Clock) -> None:
        for _ in range(10):
            await clock.sleep(1)

    async def main() -> None:
        await asyncio.gather(steps(one), steps(other), steps(one))

    run(main())

    assert (one.now(), other.now()) == (EPOCH + 10, EPOCH + 10)


def test_a_late_wait_lets_others_go_first() -> None:
    """A deadline that is past does not park, but neither does a row of them starve the loop."""
    clock = Clock()
    order: list[str] = []

    async def late() -> None:
        await clock.until(EPOCH - 1)
        order.append("late")

    async def other() -> None:
        order.append("other")

    async def main() -> None:
        await asyncio.gather(late(), other())

    asyncio.run(main())

    assert order == ["other", "late"]


def test_an_error_while_time_moves_reaches_the_waiters() -> None:
    """A jump that cannot be made raises where somebody waits for it, instead of hanging everybody."""
    clock = Clock(autojump=True)

    with pytest.raises(ValueError, match="inf is no point in time"):
        asyncio.run(clock.until(float("inf")))


def test_a_loop_that_is_gone_is_forgotten() -> None:
    """What a closed loop waited for is nobody's deadline any more."""
    clock = Clock(autojump=True)
    abandoned = asyncio.new_event_loop()
    waiting = abandoned.create_task(clock.sleep(5))
    abandoned.run_until_complete(asyncio.sleep(0))
    abandoned.close()

    assert clock.next_deadline() is None
    waiting._log_destroy_pending = False  # type: ignore[attr-defined] # it was left pending on purpose


def test_sync_code_inside_a_loop_is_not_stuck() -> None:
    """A blocking wait in a coroutine goes on past what its own, blocked, loop waits for."""
    clock = Clock(autojump=True)

    async def main() -> None:
        task = asyncio.create_task(clock.sleep(5))
        await asyncio.sleep(0)
        with clock.enroll():
            clock.sleep_sync(9)
        await task

    asyncio.run(main())

    assert clock.now() == EPOCH + 9
