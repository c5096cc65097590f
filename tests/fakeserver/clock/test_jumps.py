from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH, LATEST, Clock


@given(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=20))
def test_a_jump_releases_what_is_due_in_order(delays: list[int]) -> None:
    """With time standing, a jump wakes by (deadline, arrival) those who are due, and only those."""
    clock = Clock()
    woken: list[int] = []

    async def sleeper(number: int) -> None:
        await clock.sleep(delays[number])
        woken.append(number)

    async def main() -> list[int]:
        tasks = [asyncio.create_task(sleeper(n)) for n in range(len(delays))]
        await asyncio.sleep(0)
        clock.jump(5)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        first = list(woken)
        clock.jump(5)
        await asyncio.gather(*tasks)
        return first

    first = asyncio.run(main())

    expected = sorted(range(len(delays)), key=lambda n: (delays[n], n))
    assert first == [n for n in expected if delays[n] <= 5]
    assert woken == expected


def test_a_jump_from_a_thread_reaches_a_loop() -> None:
    """Time may be moved from any thread."""
    clock = Clock()

    async def main() -> None:
        waiting = asyncio.create_task(clock.sleep(60))
        await asyncio.sleep(0)
        await asyncio.to_thread(clock.jump, 60)
        await waiting

    asyncio.run(main())

    assert clock.now() == EPOCH + 60


def test_a_jump_reaches_a_thread(until_parked: Callable[[Clock], None]) -> None:
    """A thread that waits on a standing clock goes on when somebody jumps."""
    clock = Clock()
    woken: list[float] = []

    def wait() -> None:
        clock.sleep_sync(60)
        woken.append(clock.now())

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    until_parked(clock)
    clock.jump(61)
    thread.join(10)

    assert woken == [EPOCH + 61]


def test_running_time_wakes_by_itself() -> None:
    """With a rate, each wait ends after real time, and never before its deadline."""
    clock = Clock(rate=1e3)
    seconds = (40, 10, 30, 20)

    async def wakes_at(deadline: float) -> float:
        await clock.until(deadline)
        return clock.now()

    async def main() -> list[float]:
        return await asyncio.gather(*(wakes_at(EPOCH + n) for n in seconds))

    woken = asyncio.run(main())

    assert all(at >= EPOCH + n for at, n in zip(woken, seconds, strict=True))


def test_running_time_wakes_threads() -> None:
    """With a rate, a blocking wait ends after real time."""
    clock = Clock(rate=1e4)

    clock.sleep_sync(10)

    assert clock.now() >= EPOCH + 10


def test_a_faster_clock_ends_waits_that_have_begun() -> None:
    """Who waits a real hour goes on at once when time is made to fly."""
    clock = Clock(rate=1.0)

    async def main() -> None:
        waiting = asyncio.create_task(clock.sleep(3600))
        await asyncio.sleep(0)
        clock.set_rate(1e9)
        await asyncio.wait_for(waiting, 10)

    asyncio.run(main())

    assert clock.now() >= EPOCH + 3600


def test_a_jump_ends_waits_of_running_time() -> None:
    """A jump releases who is due, and the next one's timer is set anew."""
    clock = Clock(rate=1.0)

    async def main() -> None:
        near, far = asyncio.create_task(clock.sleep(3600)), asyncio.create_task(clock.sleep(7200))
        await asyncio.sleep(0)
        clock.jump(3600)
        await asyncio.wait_for(near, 10)
        assert not far.done()
        clock.jump(3600)
        await asyncio.wait_for(far, 10)

    asyncio.run(main())


def test_stopping_time_turns_automatic_jumps_on() -> None:
    """A clock that may jump does so as soon as its rate is 0."""
    clock = Clock(rate=1.0, autojump=True)

    async def main() -> None:
        waiting = asyncio.create_task(clock.sleep(3600))
        await asyncio.sleep(0)
        clock.set_rate(0)
        await asyncio.wait_for(waiting, 10)

    asyncio.run(main())

    assert EPOCH + 3600 <= clock.now() < EPOCH + 3660


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_jump_to_next_releases_the_next(rate: float) -> None:
    """Whether time stands or runs, the earliest waiter goes on, and no other."""
    clock = Clock(rate=rate)

    async def main() -> bool:
        near, far = asyncio.create_task(clock.sleep(3600)), asyncio.create_task(clock.sleep(7200))
        await asyncio.sleep(0)
        clock.jump_next()
        await asyncio.wait_for(near, 10)
        done = far.done()
        far.cancel()
        return done

    assert asyncio.run(main()) is False
    assert EPOCH + 3600 <= clock.now() < EPOCH + 3660


def test_nobody_is_woken_beyond_the_end_of_time() -> None:
    """Who waits for a time that never comes does not keep a loop busy that could jump."""
    clock = Clock(LATEST, rate=1e9, autojump=True)
    asked: list[float | None] = []

    async def main() -> None:
        waiting = asyncio.create_task(clock.sleep(1))
        for _ in range(50):
            await asyncio.sleep(0)
            asked.append(clock.real_delay(LATEST + 1))
        assert len(asyncio.get_running_loop()._ready) == 0  # type: ignore[attr-defined] # nothing asks again
        waiting.cancel()

    asyncio.run(main())

    assert set(asked) == {None}


class Closing(asyncio.SelectorEventLoop):
    """A loop that is closed by its own thread just when another one calls it."""

    def call_soon_threadsafe(self, *_: Any, **__: Any) -> NoReturn:  # type: ignore[override] # never returns
        """Do as a closed loop does."""
        raise RuntimeError("Event loop is closed")


def test_a_loop_that_closes_breaks_no_jump_of_others() -> None:
    """Between the look whether a loop lives and the call into it, it may die: that is not our error."""
    clock = Clock()
    loop = Closing()
    waiting = loop.create_task(clock.sleep(5))
    loop.run_until_complete(asyncio.sleep(0))

    clock.jump(5)

    assert clock.now() == EPOCH + 5
    waiting.cancel()
    loop.run_until_complete(asyncio.gather(waiting, return_exceptions=True))
    loop.close()
