"""Twenty clients at once.

Twenty streams, each with its own account, side by side in one event loop. Time passes for all of them alike:
together they take as long as the slowest one, to the millisecond, in every run.
"""

from __future__ import annotations

import asyncio

import pytest

from nemovideo_client import AsyncNemoClient, TurnResult
from nemovideo_pytest import Service


@pytest.mark.nemo_variant(ip_limit=20)  # ten tokens an address in seven days, unless told otherwise
def test_twenty_generations_take_as_long_as_the_slowest(nemo_service: Service) -> None:
    """Nobody waits for another, and everybody pays for one generation."""
    clients = [nemo_service.async_client(client_id=f"client-{n}") for n in range(20)]

    async def generated(nemo: AsyncNemoClient) -> tuple[TurnResult, int]:
        turn = await nemo.chat("Generate an 8 second video of a lighthouse at dawn")
        return turn, (await nemo.credits()).available

    async def everybody() -> list[tuple[TurnResult, int]]:
        return await asyncio.gather(*map(generated, clients))

    began = nemo_service.now()
    results = asyncio.run(everybody())

    durations = {turn.duration for turn, _ in results}
    assert len(durations) > 1
    assert nemo_service.now() - began == pytest.approx(max(durations))
    assert {available for _, available in results} == {0}
