from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.surfaces import http1
from nemovideo_fakeserver.wire.messages import Reply
from nemovideo_fakeserver.wire.steps import Cut, Send, Step, Until

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import House, Serve, Toy

GET = "GET {} HTTP/1.1\nHost: a\n\n"


def test_pieces_are_written_when_time_comes(serve: Serve, toy: Toy) -> None:
    """Each piece is a chunk of its own, sent when the clock gets there; then the connection ends."""
    toy.streams(
        "/sse",
        [Send(b"a"), Send(b""), Until(EPOCH + 15), Send(b"b"), Until(EPOCH + 60), Send(b"c")],
    )

    async def talk(house: House) -> list[bytes]:
        wire = await house.connect()
        wire.say(GET.format("/sse"))
        heard = [await wire.hear(), await wire.hear(b"a\r\n")]
        toy.clock.jump(15)
        heard.append(await wire.hear(b"b\r\n"))
        toy.clock.jump(45)
        return [*heard, await wire.hear_all()]

    head, *pieces = serve(talk)

    assert head == (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
        b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    assert pieces == [b"1\r\na\r\n", b"1\r\nb\r\n", b"1\r\nc\r\n0\r\n\r\n"]


def test_an_old_client_gets_a_stream_without_chunks(serve: Serve, toy: Toy) -> None:
    """HTTP/1.0 knows no chunks: the stream ends with the connection."""
    toy.streams("/sse", [Send(b"a"), Send(b"b")])

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say("GET /sse HTTP/1.0\n\n")
        return await wire.hear_all()

    assert serve(talk).endswith(b"Connection: close\r\n\r\nab")


def test_head_of_a_stream_begins_nothing(serve: Serve, toy: Toy) -> None:
    """HEAD gets the headers, and the steps are not asked for."""
    begun: list[int] = []

    def steps() -> Iterator[Step]:
        begun.append(1)
        yield Send(b"never")

    toy.streams("/sse", steps())

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say("HEAD /sse HTTP/1.1\nHost: a\n\n")
        return await wire.hear_all()

    assert serve(talk).endswith(b"Connection: close\r\n\r\n")
    assert begun == []


@pytest.mark.parametrize("cut", [Cut("truncated"), Cut("half_closed")])
def test_a_body_may_end_without_its_end(serve: Serve, toy: Toy, cut: Cut) -> None:
    """All pieces arrive, and then the end of the connection, but no last chunk."""
    toy.streams("/sse", [Send(b"a"), Send(b"b"), cut, Send(b"never")])

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(GET.format("/sse"))
        await wire.hear()
        heard = await wire.hear_all()
        await wire.leave()
        return heard

    assert serve(talk) == b"1\r\na\r\n1\r\nb\r\n"


def test_a_half_closed_connection_still_takes_bytes(serve: Serve, toy: Toy) -> None:
    """After a half close the server goes on reading: what the client says is not answered by a reset."""
    toy.streams("/sse", [Send(b"a"), Cut("half_closed")])

    async def talk(house: House) -> bool:
        wire = await house.connect()
        wire.say(GET.format("/sse"))
        await wire.hear_all()
        for _ in range(3):
            wire.say(bytes(10_000))
            await wire.writer.drain()
            await asyncio.to_thread(int)  # lets a reset arrive
        closing = wire.writer.transport.is_closing()
        await wire.leave()
        return closing

    assert serve(talk) is False


def test_a_reset_is_a_reset(serve: Serve, toy: Toy) -> None:
    """What was sent arrives, and then the connection is reset."""
    toy.streams("/sse", [Send(b"a"), Send(b"x" * 1000), Cut("reset")])

    async def talk(house: House) -> bytes:
        return await asyncio.to_thread(heard_until_reset, urlsplit(house.url).port or 0)

    _, _, body = serve(talk).partition(b"\r\n\r\n")
    assert body == b"1\r\na\r\n" + http1.chunk(b"x" * 1000)


def heard_until_reset(port: int) -> bytes:
    """Return what arrives before a reset, which the readers of asyncio throw away."""
    heard = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET /sse HTTP/1.1\r\nHost: a\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            while piece := connection.recv(2**16):
                heard += piece
            pytest.fail("the connection ended without a reset")
    return bytes(heard)


def test_a_stall_lasts_until_the_reader_leaves(serve: Serve, toy: Toy) -> None:
    """A stalled stream neither writes nor ends, and does not keep anybody waiting for it."""
    toy.streams("/sse", [Send(b"a"), Cut("stall")])

    async def talk(house: House) -> tuple[bool, bool]:
        wire = await house.connect()
        wire.say(GET.format("/sse"))
        await wire.hear(b"a\r\n")
        more = asyncio.create_task(wire.hear(b"?"))
        toy.clock.jump(10**6)
        settled = await toy.clock.settled(10)
        silent = not more.done()
        more.cancel()
        await wire.leave()
        return settled, silent

    assert serve(talk) == (True, True)


def test_a_reader_who_leaves_ends_only_its_view(serve: Serve, toy: Toy) -> None:
    """The steps of the one who left are closed; another reader of the same world goes on."""

    async def talk(house: House) -> bytes:
        closed = asyncio.Event()

        def steps() -> Iterator[Step]:
            try:
                yield Send(b"a")
                yield Until(EPOCH + 60)
            finally:
                closed.set()

        toy.streams("/one", steps())
        toy.streams("/two", [Send(b"a"), Until(EPOCH + 60), Send(b"b")])
        one, two = await house.connect(), await house.connect()
        for wire, path in ((one, "/one"), (two, "/two")):
            wire.say(GET.format(path))
            await wire.hear(b"a\r\n")
        await one.leave()
        await closed.wait()
        toy.clock.jump(60)
        return await two.hear_all()

    assert serve(talk) == b"1\r\nb\r\n0\r\n\r\n"


def test_a_jump_answers_once_all_is_written(serve: Serve, toy: Toy) -> None:
    """After `settled`, every reader has been written every frame then due, also those passed over."""

    def beats() -> Reply:
        steps = [step for n in range(1, 100) for step in (Until(EPOCH + n), Send(b"%02d" % n))]
        toy.streams("/beats", steps)
        made = toy.at_head["/beats"]
        assert isinstance(made, Reply)
        return made

    toy.at_head["/sse"] = beats

    async def talk(house: House) -> list[bytes]:
        wires = [await house.connect() for _ in range(20)]
        for wire in wires:
            wire.say(GET.format("/sse"))
            await wire.hear()
        toy.clock.jump(30)
        assert await toy.clock.settled(10)
        return [await wire.reader.read(10**5) for wire in wires]

    every_frame = b"".join(b"2\r\n%02d\r\n" % n for n in range(1, 31))
    assert serve(talk) == [every_frame] * 20


def test_a_reader_that_does_not_read_is_not_waited_for(serve: Serve, toy: Toy) -> None:
    """Settling has an end even if somebody's buffers are full."""
    toy.streams("/flood", (Send(bytes(10**5)) for _ in range(1000)))

    async def talk(house: House) -> tuple[bytes, bool]:
        wire = await house.connect()
        wire.say(GET.format("/flood"))
        return await wire.hear(), await toy.clock.settled(0.05)

    head, settled = serve(talk)

    assert head.startswith(b"HTTP/1.1 200")
    assert settled is False


def test_a_defect_in_the_middle_breaks_off(
    serve: Serve, toy: Toy, caplog: pytest.LogCaptureFixture
) -> None:
    """When the steps fail, the body does not look complete, and the log says why."""

    def steps() -> Iterator[Step]:
        yield Send(b"a")
        yield Until(EPOCH + 1)
        raise LookupError("a defect")

    toy.streams("/sse", steps())

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(GET.format("/sse"))
        await wire.hear(b"a\r\n")
        toy.clock.jump(1)
        try:
            return await wire.hear_all()
        except ConnectionError:
            return b""

    assert serve(talk) == b""
    assert [record.getMessage() for record in caplog.records] == ["no answer to GET '/sse'"]


def test_closing_ends_open_streams(serve: Serve, toy: Toy) -> None:
    """A server that closes does not wait for streams that have no end."""
    toy.streams("/sse", [Send(b"a"), Until(EPOCH + 10**6), Send(b"b")])
    toy.streams("/stall", [Send(b"a"), Cut("stall")])

    async def talk(house: House) -> list[bytes]:
        wires = [await house.connect() for _ in range(3)]
        for wire, path in zip(wires, ("/sse", "/stall", "/"), strict=True):
            wire.say(GET.format(path))
            await wire.hear()
        async with asyncio.timeout(0.9):  # less than ordinary requests are given
            await house.served.close()
        return [(await wire.hear_all())[:6] for wire in wires]

    assert serve(talk) == [b"1\r\na\r\n", b"1\r\na\r\n", b"seen"]


def test_running_time_paces_a_stream(serve: Serve, toy: Toy) -> None:
    """On a clock with a rate, a stream goes on by itself, never early."""
    clock = Clock(rate=1e3)
    toy.streams("/sse", [Until(EPOCH + 20), Send(b"a"), Until(EPOCH + 40), Send(b"b")], clock)

    async def talk(house: House) -> list[bool]:
        wire = await house.connect()
        wire.say(GET.format("/sse"))
        await wire.hear(b"a\r\n")
        on_time = [clock.now() >= EPOCH + 20]
        await wire.hear(b"b\r\n")
        return [*on_time, clock.now() >= EPOCH + 40]

    assert serve(talk) == [True, True]
