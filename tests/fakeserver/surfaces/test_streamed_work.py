from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from threading import Event, Thread
from typing import TYPE_CHECKING

import httpx

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport
from nemovideo_fakeserver.wire.steps import Await, Send, Step

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import House, Serve, Toy

BASE = "http://fake.test"


def _when_done(job: Future[bytes]) -> Iterator[Step]:
    yield Send(b"first ")
    yield Await(job)
    yield Send(b"failed" if job.exception() else job.result())


def test_a_stream_waits_for_work_behind_the_sync_door(toy: Toy) -> None:
    """What comes after the wait is there when the work is done, and no virtual time has passed."""
    job: Future[bytes] = Future()
    asked = Event()
    toy.streams("/sse", _when_done(job))

    def work() -> None:
        asked.wait(10)
        job.set_result(b"second")

    Thread(target=work, daemon=True).start()
    with (
        httpx.Client(transport=SyncTransport(toy)) as client,
        client.stream("GET", f"{BASE}/sse") as response,
    ):
        pieces = response.iter_raw()
        first = next(pieces)
        asked.set()
        rest = b"".join(pieces)

    assert (first, rest) == (b"first ", b"second")
    assert toy.clock.now() == EPOCH


def test_work_that_fails_ends_the_wait_all_the_same(toy: Toy) -> None:
    """The stream itself looks at what became of the work."""
    job: Future[bytes] = Future()
    job.set_exception(OSError("no more"))
    toy.streams("/sse", _when_done(job))

    with httpx.Client(transport=SyncTransport(toy)) as client:
        body = client.get(f"{BASE}/sse").content

    assert body == b"first failed"


def test_a_task_that_waits_for_work_lets_others_run_but_not_the_clock(toy: Toy) -> None:
    """Behind the async door the clock is held: a sleeper sees no time pass before the work is done."""
    job: Future[bytes] = Future()
    toy.streams("/sse", _when_done(job))
    order: list[str] = []

    async def read(client: httpx.AsyncClient) -> None:
        await client.get(f"{BASE}/sse")
        order.append("read")

    async def sleep() -> None:
        await toy.clock.sleep(60)
        order.append("slept")

    async def main() -> None:
        async with httpx.AsyncClient(transport=AsyncTransport(toy)) as client:
            tasks = asyncio.gather(read(client), sleep())
            for _ in range(50):
                await asyncio.sleep(0)
            assert order == []
            job.set_result(b"second")
            await tasks

    asyncio.run(main())

    assert order == ["read", "slept"]


def test_a_served_stream_waits_for_work(serve: Serve, toy: Toy) -> None:
    """The first piece is on the wire before the work is done, the second after it."""
    job: Future[bytes] = Future()
    toy.streams("/sse", _when_done(job))

    async def talk(house: House) -> list[bytes]:
        wire = await house.connect()
        wire.say("GET /sse HTTP/1.1\nHost: a\n\n")
        heard = [await wire.hear(), await wire.hear(b"first \r\n")]
        job.set_result(b"second")
        return [*heard, await wire.hear_all()]

    _, first, rest = serve(talk)

    assert first == b"6\r\nfirst \r\n"
    assert rest == b"6\r\nsecond\r\n0\r\n\r\n"
