from __future__ import annotations

import asyncio

from nemovideo_fakeserver.clock import EPOCH, Clock


def test_who_gave_up_is_let_go_of() -> None:
    """However many waits are cancelled behind one that lasts, few of them are kept."""
    clock = Clock()
    kept: list[int] = []

    async def main() -> None:
        living = asyncio.create_task(clock.sleep(1))
        await asyncio.sleep(0)
        for _ in range(20):
            tasks = [asyncio.create_task(clock.sleep(60 + n)) for n in range(50)]
            await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            kept.append(len(list(clock._engine.parked)))
        clock.jump(1)
        await living

    asyncio.run(main())

    assert max(kept) <= 3


def test_the_living_keep_their_order() -> None:
    """Letting go of the dead changes neither who waits nor who comes first."""
    clock = Clock(autojump=True)
    woken: list[tuple[float, int]] = []

    async def sleeper(number: int) -> None:
        await clock.sleep(1 + number * 7 % 10)
        woken.append((clock.now() - EPOCH, number))

    async def main() -> None:
        with clock.hold():
            tasks = [asyncio.create_task(sleeper(number)) for number in range(100)]
            await asyncio.sleep(0)
            for number, task in enumerate(tasks):
                if number % 4:
                    task.cancel()
            await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(main())

    assert woken == sorted((1.0 + n * 7 % 10, n) for n in range(0, 100, 4))
