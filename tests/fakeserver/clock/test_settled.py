from __future__ import annotations

import asyncio

import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock


async def rounds(count: int = 5) -> None:
    """Let the loop go round."""
    for _ in range(count):
        await asyncio.sleep(0)


async def stream(clock: Clock, written: list[float], *deadlines: float) -> None:
    """Wait for each deadline (seconds after the beginning), and note when it was dealt with."""
    with clock.view() as view:
        for deadline in deadlines:
            await view.until(EPOCH + deadline)
            await rounds()
            written.append(deadline)


def test_nobody_writes() -> None:
    """Without streams, or with streams at rest, everything is settled at once."""
    clock = Clock()

    async def main() -> list[bool]:
        empty = await clock.settled(10)
        task = asyncio.create_task(stream(clock, [], 5))
        await rounds()
        at_rest = clock.settling(10).result(0)
        task.cancel()
        return [empty, at_rest]

    assert asyncio.run(main()) == [True, True]


def test_a_jump_is_settled_when_all_that_is_due_is_written() -> None:
    """After a jump, settling waits for every frame then due, of all streams, and for no other."""
    clock = Clock()
    written: list[float] = []

    async def main() -> tuple[bool, list[float]]:
        tasks = [
            asyncio.create_task(stream(clock, written, 1, 2, 3, 9)),
            asyncio.create_task(stream(clock, written, 4)),
            asyncio.create_task(stream(clock, written, 8)),
        ]
        await rounds()
        clock.jump(4)
        settled = await clock.settled(10)
        seen = sorted(written)
        clock.jump(10)
        await asyncio.gather(*tasks)
        return settled, seen

    assert asyncio.run(main()) == (True, [1, 2, 3, 4])


def test_a_stream_that_is_stuck_does_not_hang_who_asks() -> None:
    """A view that never comes to rest makes the answer False, after a bounded time."""
    clock = Clock()

    async def main() -> bool:
        with clock.view():
            return await clock.settled(0.01)

    assert asyncio.run(main()) is False


def test_a_stream_that_ends_is_settled() -> None:
    """Ending is rest, too: also when the reader leaves in the middle of a wait."""
    clock = Clock()

    async def main() -> bool:
        task = asyncio.create_task(stream(clock, [], 5))
        await rounds()
        clock.jump(5)
        settling = asyncio.create_task(clock.settled(10))
        await asyncio.sleep(0)
        task.cancel()
        return await settling

    assert asyncio.run(main()) is True


def test_who_no_longer_asks_breaks_no_stream() -> None:
    """A cancelled wait for settling is noticed neither by the stream nor by others who ask."""
    clock = Clock()
    written: list[float] = []

    async def main() -> None:
        task = asyncio.create_task(stream(clock, written, 5, 6))
        await rounds()
        clock.jump(5)
        settling = clock.settling(10)
        asking = asyncio.create_task(clock.settled(10))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await rounds(20)
        clock.jump(1)
        await task
        assert settling.cancel() is False
        assert settling.result(5) is True

    asyncio.run(main())

    assert written == [5, 6]


def test_a_timer_finds_nobody_who_asks(caplog: pytest.LogCaptureFixture) -> None:
    """When the time is up of a wait that was cancelled, nothing breaks."""
    clock = Clock()

    async def main() -> bool:
        with clock.view():
            asking = asyncio.create_task(clock.settled(0.01))
            await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            return await clock.settled(0.05)

    assert asyncio.run(main()) is False
    assert not caplog.records
