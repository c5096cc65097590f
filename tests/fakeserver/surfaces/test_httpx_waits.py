from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

import httpx
import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport
from nemovideo_fakeserver.wire.messages import Delayed, Pending, Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Until

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import Toy

BASE = "http://fake.test"
DONE = Reply(body=b"done")
Ask = Callable[..., httpx.Response]
"""Sends one request with a read timeout and reads the whole reply."""


def _ask_sync(toy: Toy, timeout: float | None, method: str = "GET") -> httpx.Response:
    with httpx.Client(transport=SyncTransport(toy), base_url=BASE, timeout=timeout) as client:
        return client.request(method, "/late")


def _ask_async(toy: Toy, timeout: float | None, method: str = "GET") -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = AsyncTransport(toy)
        async with httpx.AsyncClient(transport=transport, base_url=BASE, timeout=timeout) as client:
            return await client.request(method, "/late")

    return asyncio.run(ask())


@pytest.fixture(params=[_ask_sync, _ask_async], ids=["sync", "async"])
def ask(request: pytest.FixtureRequest, toy: Toy) -> Ask:
    """Ask for the toy's `/late` through the sync or the async transport."""

    def ask(timeout: float | None = None, method: str = "GET") -> httpx.Response:
        asked: httpx.Response = request.param(toy, timeout, method)
        return asked

    return ask


def delayed(clock: Clock, reply: Reply, at: float = 5) -> Reply:
    """Hold `reply` back until so many seconds after the clock began."""
    return Reply(body=Delayed(clock=clock, until=EPOCH + at, reply=reply))


def working(clock: Clock, resume: Callable[[], Reply]) -> Callable[[], Reply]:
    """Answer with what waits for a job, which ends soon, and with `resume()` then."""

    def reply() -> Reply:
        job: Future[str] = Future()
        threading.Thread(target=lambda: job.set_result("film")).start()
        return Reply(body=Pending(clock=clock, job=job, resume=resume))

    return reply


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("timeout", [None, 5.0, 6.0])
def test_a_late_reply_comes_when_it_is_time(
    toy: Toy, ask: Ask, timeout: float | None, method: str
) -> None:
    """Time passes by the delay, and the reply is as ever; a reader whose patience just lasts gets it."""
    toy.at_head["/late"] = delayed(toy.clock, DONE)

    response = ask(timeout, method)

    assert response.content == (b"done" if method == "GET" else b"")
    assert response.headers["content-length"] == "4"
    assert toy.clock.now() == EPOCH + 5


def test_a_late_reply_may_be_too_late(toy: Toy, ask: Ask) -> None:
    """Time passes by the read timeout, and not further, when the delay is longer."""
    toy.at_head["/late"] = delayed(toy.clock, DONE)

    with pytest.raises(httpx.ReadTimeout, match=r"no piece came for 4\.5 virtual seconds"):
        ask(4.5)

    assert toy.clock.now() == EPOCH + 4.5


def test_what_is_not_late_is_not_delayed(toy: Toy, ask: Ask) -> None:
    """A time that is past holds nothing back, not even from a reader without patience."""
    toy.at_head["/late"] = delayed(toy.clock, DONE, at=0)

    assert ask(0.0).content == b"done"
    assert toy.clock.now() == EPOCH


@pytest.mark.parametrize("timeout", [None, 8.0, 7.0])
def test_delays_in_a_row_are_one_silence(toy: Toy, ask: Ask, timeout: float | None) -> None:
    """Patience counts over all that is waited for before the head, work in between and all."""
    inner = delayed(toy.clock, DONE, at=8)
    toy.at_head["/late"] = working(
        toy.clock,
        lambda: delayed(
            toy.clock, working(toy.clock, lambda: delayed(toy.clock, inner, at=6))(), at=5
        ),
    )

    if timeout == 7:
        with pytest.raises(httpx.ReadTimeout):
            ask(timeout)
    else:
        assert ask(timeout).content == b"done"

    assert toy.clock.now() == EPOCH + (timeout or 8)


def test_each_clock_has_its_own_silence(toy: Toy, ask: Ask) -> None:
    """A delay on one clock is no silence on another."""
    other = Clock(autojump=True)
    toy.at_head["/late"] = delayed(toy.clock, delayed(other, DONE, at=5), at=5)

    assert ask(6.0).content == b"done"
    assert (toy.clock.now(), other.now()) == (EPOCH + 5, EPOCH + 5)


@pytest.mark.parametrize("timeout", [None, 6.0, 5.0])
def test_a_late_stream_breaks_the_silence(toy: Toy, ask: Ask, timeout: float | None) -> None:
    """Its head is something: from there the reader's patience begins anew."""
    steps: list[Step] = [Until(EPOCH + 11), Send(b"a")]
    toy.at_head["/late"] = delayed(toy.clock, Reply(body=Stream(clock=toy.clock, steps=steps)))

    if timeout == 5:
        with pytest.raises(httpx.ReadTimeout):
            ask(timeout)
    else:
        assert ask(timeout).content == b"a"

    assert toy.clock.now() == EPOCH + (10 if timeout == 5 else 11)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("reset", httpx.ReadError),
        ("truncated", httpx.RemoteProtocolError),
        ("half_closed", httpx.RemoteProtocolError),
    ],
)
def test_a_reply_may_never_begin(
    toy: Toy, ask: Ask, *, how: HowToCut, error: type[Exception], late: bool, method: str
) -> None:
    """Where a cut stands for a reply, at once or when its time comes, the caller meets a broken connection."""
    lost = Reply(body=Cut(how, b"never"))
    toy.at_head["/late"] = delayed(toy.clock, lost) if late else lost

    with pytest.raises(httpx.TransportError) as caught:
        ask(None, method)

    assert type(caught.value) is error
    if error is httpx.RemoteProtocolError:
        assert str(caught.value) == "Server disconnected without sending a response."
    assert toy.clock.now() == EPOCH + (5 if late else 0)


@pytest.mark.parametrize("timeout", [None, 7.0])
@pytest.mark.parametrize("knows", [False, True])
@pytest.mark.parametrize("late", [False, True])
def test_silence_instead_of_a_reply_ends_with_patience(
    toy: Toy, ask: Ask, *, timeout: float | None, knows: bool, late: bool
) -> None:
    """It lasts as long as the read timeout, on the clock the cut names; without either it ends at once."""
    silent = Reply(body=Cut("stall", clock=toy.clock if knows else None))
    toy.at_head["/late"] = delayed(toy.clock, silent) if late else silent

    with pytest.raises(httpx.ReadTimeout):
        ask(timeout)

    assert toy.clock.now() == EPOCH + (timeout if timeout and knows else 5 if late else 0)


def test_others_go_on_during_a_delay(toy: Toy) -> None:
    """A delay does not hold the clock, and keeps its place among those who wait."""
    seen: list[float] = []
    toy.at_head["/late"] = delayed(toy.clock, DONE)

    async def sleeper(until: float) -> None:
        await toy.clock.until(EPOCH + until)
        seen.append(until)

    async def asker() -> None:
        async with httpx.AsyncClient(transport=AsyncTransport(toy), base_url=BASE) as client:
            await client.get("/late")
        seen.append(5)

    async def main() -> None:
        await asyncio.gather(sleeper(6), asker(), sleeper(4))

    asyncio.run(main())

    assert seen == [4, 5, 6]


def test_a_caller_who_gives_up_ends_only_its_own_wait(toy: Toy) -> None:
    """The wait of a cancelled request moves no time; who waits for the same is answered."""

    async def main() -> tuple[float | None, bytes, float | None]:
        asked = asyncio.Semaphore(0)

        def reply() -> Reply:
            asked.release()
            return delayed(toy.clock, DONE)

        toy.at_head["/late"] = reply
        async with httpx.AsyncClient(
            transport=AsyncTransport(toy), base_url=BASE, timeout=None
        ) as client:
            with toy.clock.hold():
                leaving = asyncio.create_task(client.get("/late"))
                staying = asyncio.create_task(client.get("/late"))
                await asked.acquire()
                await asked.acquire()
                leaving.cancel()
                await asyncio.gather(leaving, return_exceptions=True)
                before = toy.clock.next_deadline()
            return before, (await staying).content, toy.clock.next_deadline()

    assert asyncio.run(main()) == (EPOCH + 5, b"done", None)
