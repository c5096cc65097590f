"""A stream is closed whenever nobody reads it any more, and a flow that is left goes no further."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator
from typing import Any

import httpx
import pytest

from nemovideo_client.drive.aio import AsyncDriver
from nemovideo_client.drive.course import Course
from nemovideo_client.errors import StreamConsumed
from nemovideo_client.streams import AsyncStream, Stream
from nemovideo_client.wire.messages import Request
from nemovideo_client.wire.steps import Close, Flow, Open, Read, Show
from support.driving import BASE, NOON, Drive, Pieces

GET = Request(method="GET", url="/a")


class Service:
    """Opens a stream for each request, and keeps them."""

    def __init__(self) -> None:
        self.streams: list[Pieces] = []

    def __call__(self, _: httpx.Request) -> httpx.Response:
        """Open the next stream."""
        self.streams.append(Pieces([b"a", b"b", b"c"]))
        return httpx.Response(200, stream=self.streams[-1])

    @property
    def closed(self) -> list[bool]:
        """Which streams were closed."""
        return [stream.closed for stream in self.streams]


def reading(left: list[str]) -> Flow[str]:
    """Open a stream and show its pieces."""
    try:
        yield Open(GET, 1)
        while (piece := (yield Read())) is not None:
            yield Show(piece)
    finally:
        left.append("left")
    return "done"


def test_the_end(drive: Drive) -> None:
    """When the flow is over its stream is closed."""
    service, left = Service(), list[str]()

    shown, result = drive(reading(left), service)

    assert (shown, result) == ([b"a", b"b", b"c"], "done")
    assert (service.closed, left) == ([True], ["left"])


def test_the_reader_leaves(drive: Drive) -> None:
    """Closing the generator closes stream and flow; there is then no result."""
    service, left = Service(), list[str]()

    with pytest.raises(StreamConsumed):
        drive(reading(left), service, read=1)

    assert (service.closed, left) == ([True], ["left"])


def test_the_flow_fails(drive: Drive) -> None:
    """An exception of the flow closes the stream and reaches the reader."""
    service = Service()

    def flow() -> Flow[None]:
        yield Open(GET, 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drive(flow(), service)

    assert service.closed == [True]


def test_another_stream(drive: Drive) -> None:
    """Opening the next closes the one before, and so does `Close`."""
    service = Service()
    seen: list[list[bool]] = []

    def flow() -> Flow[None]:
        yield Open(GET, 1)
        yield Open(GET, 1)
        seen.append(service.closed)
        yield Close()
        seen.append(service.closed)
        yield Close()

    drive(flow(), service)

    assert seen == [[True, False], [True, True]]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_an_interrupt(drive: Drive, stop: type[BaseException]) -> None:
    """It is no failure for the flow to judge: the stream is closed, the flow left, and it goes on up."""
    left: list[str] = []
    stream = Pieces([b"a", stop()])

    with pytest.raises(stop):
        drive(reading(left), lambda _: httpx.Response(200, stream=stream))

    assert stream.closed
    assert left == ["left"]


class Endless(Pieces):
    """A stream that stays silent after its first piece, until it is cancelled."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.Event().wait()


def test_a_cancelled_task() -> None:
    """Cancelling whoever waits for a piece closes the stream and leaves the flow."""
    stream, left = Endless([]), list[str]()

    async def scene() -> None:
        transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=stream))
        async with httpx.AsyncClient(transport=transport) as http:
            driver = AsyncDriver(lambda: http, sleep=asyncio.sleep, now=lambda: NOON)
            course = Course(reading(left))
            shows = AsyncStream(course, driver.shows(course, BASE, 1))
            assert await anext(shows) == b"a"
            task = asyncio.create_task(shows.finish())
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(scene())

    assert stream.closed
    assert left == ["left"]


# Streams


def counting() -> Flow[str]:
    """Show three numbers."""
    for number in range(3):
        yield Show(number)
    return "done"


def test_a_stream_is_an_iterator_with_a_result() -> None:
    """The result is there once everything was read, and not before."""
    course = Course(counting())
    stream = Stream[int, str](course, _shown(course))

    with stream:
        assert next(stream) == 0
        with pytest.raises(StreamConsumed):
            _ = stream.result
        assert list(stream) == [1, 2]

    assert stream.result == stream.finish() == "done"


def test_leaving_a_stream() -> None:
    """After leaving the context there is nothing to read, and no result."""
    course = Course(counting())

    with Stream[int, str](course, _shown(course)) as stream:
        next(stream)

    assert list(stream) == []
    with pytest.raises(StreamConsumed, match="not read to its end"):
        stream.finish()


def _shown(course: Course[str]) -> Generator[Any, None, None]:
    while (step := course.step()) is not None:
        assert isinstance(step, Show)
        yield step.thing


def test_an_asynchronous_stream_is_the_same() -> None:
    """Pieces, a context, and the result at the end."""

    async def scene() -> tuple[list[int], str, list[int]]:
        driver = AsyncDriver(httpx.AsyncClient, sleep=asyncio.sleep, now=lambda: NOON)
        courses = [Course(counting()), Course(counting())]
        whole, part = (
            AsyncStream[int, str](course, driver.shows(course, BASE, 1)) for course in courses
        )
        async with whole:
            pieces = [piece async for piece in whole]
        async with part:
            first = [await anext(part)]
        with pytest.raises(StreamConsumed):
            await part.finish()
        return pieces, whole.result, first

    assert asyncio.run(scene()) == ([0, 1, 2], "done", [0])
