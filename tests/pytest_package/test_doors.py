"""Either door shows the same brain: the same events at the same virtual times, the same errors."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeAlias

import httpx
import pytest

from nemovideo_fakeserver import EPOCH
from nemovideo_fakeserver.wire.steps import Cut, HowToCut
from nemovideo_pytest.doors.door import Door
from support.caller import Caller
from support.meddling.acts import cut, frames
from support.meddling.meddler import Meddler

Heard: TypeAlias = list[tuple[str, float]]
Patience: TypeAlias = float | None
"""httpx's read timeout, in virtual seconds."""
Listen = Callable[[Door, Caller, str, Patience], tuple[Heard, Exception | None]]
SAID = "POST /run_sse"


def _sync(
    door: Door, caller: Caller, text: str, patience: Patience
) -> tuple[Heard, Exception | None]:
    heard: Heard = []
    with (
        door.sync_http(patience) as http,
        http.stream(
            "POST", "/run_sse", headers=caller.headers, json=caller.message(text)
        ) as response,
    ):
        try:
            for line in response.iter_lines():
                heard += [(line, door.now() - EPOCH)] if line else []
        except httpx.TransportError as error:
            return heard, error
    return heard, None


async def listen(door: Door, caller: Caller, text: str, patience: Patience) -> tuple[Heard, Exception | None]:  # fmt: skip
    """Say `text`; return each line with its time since the beginning, and how it broke."""
    heard: Heard = []
    async with (
        door.async_http(patience) as http,
        http.stream(
            "POST", "/run_sse", headers=caller.headers, json=caller.message(text)
        ) as response,
    ):
        try:
            async for line in response.aiter_lines():
                heard += [(line, door.now() - EPOCH)] if line else []
        except httpx.TransportError as error:
            return heard, error
    return heard, None


def _async(
    door: Door, caller: Caller, text: str, patience: Patience
) -> tuple[Heard, Exception | None]:
    return asyncio.run(listen(door, caller, text, patience))


@pytest.fixture(params=[_sync, _async], ids=["sync", "async"])
def hear(request: pytest.FixtureRequest) -> Listen:
    """Say something and listen, in either style."""
    made: Listen = request.param
    return made


@pytest.fixture
def caller(door: Door) -> Caller:
    """A caller with a token and a session."""
    with door.sync_http() as http:
        return Caller(http).connect()


def another(door: Door, name: str) -> Caller:
    """Return one more caller with an account of its own."""
    with door.sync_http() as http:
        return Caller(http).connect(name)


def times(heard: Heard) -> list[float]:
    """Return when each line came."""
    return [at for _, at in heard]


GENERATION = [1, *range(15, 200, 15), 199, 200]
"""When the events of `generate 200` come: a call, heartbeats, the result and the last word."""


def test_minutes_of_a_generation_take_real_milliseconds(
    door: Door, caller: Caller, hear: Listen
) -> None:
    """Each event comes at its own virtual time, and nobody waits for it."""
    began = time.perf_counter()
    heard, error = hear(door, caller, "generate 200", 900)
    took = time.perf_counter() - began

    assert error is None
    assert times(heard) == GENERATION
    assert '"tool_call"' in heard[0][0]
    assert "Your video is ready" in heard[-1][0]
    assert took < 5


def test_a_sleep_passes_virtual_time(door: Door) -> None:
    """Sleeping moves time by exactly so much, sync and async."""
    door.sleep(60)
    asyncio.run(_awaited(door.asleep(30)))

    assert door.now() == EPOCH + 90


async def _awaited(wait: object) -> None:
    await wait  # type: ignore[misc]  # an awaitable, as asyncio.run takes coroutines only


def test_two_clients_at_once_see_time_in_order(door: Door) -> None:
    """Streams and a poller in one loop: everybody meets every moment, and no one another's."""
    ann, bob = another(door, "ann"), another(door, "bob")
    polls: list[float] = []

    async def poll() -> None:
        async with door.async_http() as http:
            for _ in range(10):
                await http.get("/api/credits/balance/simple", headers=ann.headers)
                polls.append(door.now() - EPOCH)
                await door.asleep(7)

    async def all_at_once() -> list[tuple[Heard, Exception | None]]:
        first, second, _ = await asyncio.gather(
            listen(door, ann, "edit 20", 900), listen(door, bob, "generate 100", 900), poll()
        )
        return [first, second]

    (heard_ann, _), (heard_bob, _) = asyncio.run(all_at_once())

    assert times(heard_ann) == [1, 15, 19]
    assert times(heard_bob) == [1, 15, 30, 45, 60, 75, 90, 99, 100]
    assert polls == [7.0 * number for number in range(10)]


def test_two_threads_at_once_see_time_in_order(door: Door) -> None:
    """Two sync clients in two enrolled threads."""
    heard: dict[str, Heard] = {}
    callers = {text: another(door, text) for text in ("edit 20", "generate 100")}

    def run(text: str) -> None:
        heard[text], _ = _sync(door, callers[text], text, 900)

    threads = [door.thread(run, text) for text in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert times(heard["edit 20"]) == [1, 15, 19]
    assert times(heard["generate 100"]) == [1, 15, 30, 45, 60, 75, 90, 99, 100]


CUTS: dict[HowToCut, tuple[type[Exception], float]] = {
    "truncated": (httpx.RemoteProtocolError, 0),
    "half_closed": (httpx.RemoteProtocolError, 0),
    "reset": (httpx.ReadError, 0),
    "stall": (httpx.ReadTimeout, 45),
}
"""What httpx raises, and how many virtual seconds after the last piece."""


@pytest.mark.parametrize("how", CUTS)
def test_a_cut_surfaces_as_httpxs_error(
    door: Door, meddler: Meddler, caller: Caller, hear: Listen, how: HowToCut
) -> None:
    """What was sent before is read; a stall ends with the read timeout, in virtual time."""
    meddler.on(SAID, after=cut(how, 3))
    heard, error = hear(door, caller, "generate 200", 45)
    kind, later = CUTS[how]

    assert times(heard) == [1, 15, 30]
    assert type(error) is kind
    assert door.now() == pytest.approx(EPOCH + 30 + later, abs=1e-6)


@pytest.mark.parametrize("how", ["truncated", "half_closed", "reset"])
def test_a_cut_overtakes_nothing(
    door: Door, meddler: Meddler, caller: Caller, hear: Listen, how: HowToCut
) -> None:
    """All that was sent in the moment of the cut is read, although a reset may take it away."""
    meddler.on(SAID, after=frames(*[(0.0, b"data: {}\n\n")] * 50, (0.0, Cut(how))))
    heard, error = hear(door, caller, "hello", 45)

    assert times(heard) == [0] * 50
    assert type(error) is CUTS[how][0]


def test_a_gap_over_the_read_timeout(
    door: Door, meddler: Meddler, caller: Caller, hear: Listen
) -> None:
    """Time passes by the timeout and not beyond."""
    meddler.on(SAID, after=frames((5, b"data: {}\n\n"), (100, b"data: late\n\n")))
    heard, error = hear(door, caller, "hello", 20)

    assert heard == [("data: {}", 5)]
    assert type(error) is httpx.ReadTimeout
    assert door.now() == EPOCH + 25


def test_a_stall_without_a_timeout_is_told_at_once(
    door: Door, meddler: Meddler, caller: Caller, hear: Listen
) -> None:
    """A test never hangs for ever."""
    meddler.on(SAID, after=frames((5, Cut("stall"))))
    heard, error = hear(door, caller, "hello", None)

    assert (heard, type(error)) == ([], httpx.ReadTimeout)
    assert door.now() == EPOCH + 5


def test_a_reader_who_leaves_early_stops_nobody(door: Door, caller: Caller) -> None:
    """A stream that was closed, or only held open, lets time go on for others."""
    with door.sync_http() as http:
        body = caller.message("generate 200")
        with http.stream("POST", "/run_sse", headers=caller.headers, json=body) as response:
            next(response.iter_lines())
        door.sleep(100)
        with http.stream("POST", "/run_sse", headers=caller.headers, json=caller.message("hi")):
            door.sleep(100)

    assert door.now() == EPOCH + 201


def test_plain_sync_code_in_a_loop_is_woken_too(door: Door, caller: Caller) -> None:
    """A test that runs in a loop may use the sync door; it blocks its loop as any sync code does."""

    async def run() -> list[float]:
        await door.asleep(1)
        door.sleep(2)
        return times(_sync(door, caller, "text 5", 900)[0])

    assert asyncio.run(run()) == [8]


def test_many_streams_at_once(door: Door) -> None:
    """Ten streams of a generation in one loop, each at its own times."""
    callers = [another(door, f"{door.base_url}/{number}") for number in range(10)]

    async def run() -> list[tuple[Heard, Exception | None]]:
        return await asyncio.gather(
            *(listen(door, caller, "generate 200", 900) for caller in callers)
        )

    assert [times(heard) for heard, _ in asyncio.run(run())] == [GENERATION] * 10


def test_a_task_that_is_cancelled_lets_time_go_on(door: Door, caller: Caller) -> None:
    """Neither its wait nor its stream keeps anybody."""

    async def run() -> float:
        tasks = [
            asyncio.create_task(listen(door, caller, "generate 200", 900)),
            asyncio.ensure_future(door.asleep(50)),
        ]
        await door.asleep(20)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await door.asleep(300)
        return door.now() - EPOCH

    assert asyncio.run(run()) == 320


def test_a_plain_reply_takes_no_time(door: Door, caller: Caller) -> None:
    """Requests do not move the clock."""
    with door.sync_http() as http:
        balance = Caller(http, caller.headers).balance()

    assert balance["total"] == 100
    assert door.now() == EPOCH
