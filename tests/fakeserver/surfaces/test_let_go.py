"""Whoever leaves, and whenever: the steps of a reply are let go of, also where nobody has asked for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

import httpx
import pytest
from aiohttp import HttpVersion11

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.surfaces.aiohttp_reply import Replies
from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport
from nemovideo_fakeserver.surfaces.walk import let_go
from nemovideo_fakeserver.wire.messages import Delayed, Reply, Stream
from nemovideo_fakeserver.wire.steps import Send, Step

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import House, Serve, Toy

GET = "GET /x HTTP/1.1\nHost: a\n\n"


class Watched:
    """Steps without end that know whether somebody has let go of them."""

    def __init__(self) -> None:
        self.asked = 0
        self.let_go = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Step:
        self.asked += 1
        return Send(b"data: x\n\n")

    def close(self) -> None:
        """Note it."""
        self.let_go += 1


@pytest.fixture
def steps() -> Watched:
    """Steps of the test's own."""
    return Watched()


def stream(clock: Clock, steps: Watched) -> Reply:
    """A reply in these steps."""
    return Reply(body=Stream(clock=clock, steps=steps))


def announced(reply: Reply) -> tuple[Callable[[], Reply], asyncio.Event]:
    """Return what makes a reply, and an event that says that it was asked for, and is being waited for."""
    asked = asyncio.Event()

    def made() -> Reply:
        asked.set()
        return reply

    return made, asked


def delayed(clock: Clock, reply: Reply) -> Reply:
    """A reply that comes a hundred seconds later."""
    return Reply(body=Delayed(clock=clock, until=EPOCH + 100, reply=reply))


# In-process


@pytest.fixture
def client(toy: Toy) -> Iterator[httpx.Client]:
    """A client that bears five seconds of silence."""
    with httpx.Client(transport=SyncTransport(toy), base_url="http://a", timeout=5) as client:
        yield client


def test_a_body_that_is_closed_unread_is_let_go(
    toy: Toy, client: httpx.Client, steps: Watched
) -> None:
    """No step was asked for."""
    toy.at_head["/x"] = stream(toy.clock, steps)

    with client.stream("GET", "/x"):
        pass

    assert (steps.asked, bool(steps.let_go)) == (0, True)


def test_a_body_that_is_closed_unread_is_let_go_under_asyncio(toy: Toy, steps: Watched) -> None:
    """As in plain sync code."""
    toy.at_head["/x"] = stream(toy.clock, steps)

    async def leave() -> None:
        transport = AsyncTransport(toy)
        async with (
            httpx.AsyncClient(transport=transport) as client,
            client.stream("GET", "http://a/x"),
        ):
            pass

    asyncio.run(leave())

    assert (steps.asked, bool(steps.let_go)) == (0, True)


def test_who_does_not_wait_lets_go(toy: Toy, client: httpx.Client, steps: Watched) -> None:
    """A late reply whose reader gives up before it comes will never be read."""
    toy.at_head["/x"] = delayed(toy.clock, delayed(toy.clock, stream(toy.clock, steps)))

    with pytest.raises(httpx.ReadTimeout):
        client.get("/x")

    assert (steps.asked, bool(steps.let_go)) == (0, True)


def test_who_is_cancelled_lets_go(toy: Toy, steps: Watched) -> None:
    """A task that waits for a late reply and is called off."""
    toy.clock = Clock()

    async def leave() -> None:
        toy.at_head["/x"], asked = announced(delayed(toy.clock, stream(toy.clock, steps)))
        async with httpx.AsyncClient(transport=AsyncTransport(toy), timeout=None) as client:
            asking = asyncio.create_task(client.get("http://a/x"))
            await asked.wait()
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking

    asyncio.run(leave())

    assert (steps.asked, bool(steps.let_go)) == (0, True)


# Served


def test_a_peer_that_does_not_wait_lets_go(serve: Serve, toy: Toy, steps: Watched) -> None:
    """It is gone while nothing of the reply has left."""

    async def talk(house: House) -> None:
        toy.at_head["/x"], asked = announced(delayed(toy.clock, stream(toy.clock, steps)))
        wire = await house.connect()
        wire.say(GET)
        await asked.wait()
        await wire.leave()
        while not steps.let_go:
            assert await house.goes_on()

    serve(talk)

    assert steps.asked == 0


@pytest.mark.parametrize(
    "wrap", [stream, lambda clock, steps: delayed(clock, stream(clock, steps))]
)
def test_a_peer_that_is_gone_before_the_head_lets_go(
    steps: Watched, wrap: Callable[[Clock, Watched], Reply]
) -> None:
    """Writing the head fails, and no step is asked for."""
    clock = Clock(autojump=True)

    async def gone(*_: object, **__: object) -> None:
        raise ConnectionResetError("Cannot write to closing transport")

    request: Any = SimpleNamespace(method="GET", version=HttpVersion11)
    outlet: Any = SimpleNamespace(begin=gone)
    with pytest.raises(ConnectionResetError):
        asyncio.run(Replies().write(request, outlet, wrap(clock, steps)))

    assert (steps.asked, bool(steps.let_go)) == (0, True)


# What there is to let go of


def test_what_has_no_steps_needs_no_letting_go(toy: Toy) -> None:
    """Bytes, and steps that are a plain list."""
    let_go(Reply(body=b"x"))
    let_go(Reply(body=Stream(clock=toy.clock, steps=[Send(b"x")])))
    let_go(delayed(toy.clock, Reply(body=b"x")))
