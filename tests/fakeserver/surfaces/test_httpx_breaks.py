from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import httpx
import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Headers,
    Reply,
    Stream,
)
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Until

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import Toy

BASE = "http://fake.test"
TEN = (("Content-Length", "10"),)
CHUNKS_MISSING = (
    "peer closed connection without sending complete message body (incomplete chunked read)"
)
BYTES_MISSING = (
    "peer closed connection without sending complete message body (received {} bytes, expected {})"
)
Heard: TypeAlias = tuple[Headers, list[bytes], httpx.TransportError | None]
Read = Callable[..., Heard]
"""Reads a reply piece by piece: its headers, its pieces, and how it broke off."""


def _headers(response: httpx.Response) -> Headers:
    return tuple((name.decode(), value.decode()) for name, value in response.headers.raw)


def _read_sync(toy: Toy, timeout: float | None) -> Heard:
    pieces: list[bytes] = []
    with (
        httpx.Client(transport=SyncTransport(toy), timeout=timeout) as client,
        client.stream("GET", f"{BASE}/x") as response,
    ):
        try:
            for piece in response.iter_raw():
                pieces.append(piece)  # noqa: PERF402 kept when it breaks off
        except httpx.TransportError as error:
            return _headers(response), pieces, error
    return _headers(response), pieces, None


def _read_async(toy: Toy, timeout: float | None) -> Heard:
    async def read() -> Heard:
        pieces: list[bytes] = []
        async with (
            httpx.AsyncClient(transport=AsyncTransport(toy), timeout=timeout) as client,
            client.stream("GET", f"{BASE}/x") as response,
        ):
            try:
                async for piece in response.aiter_raw():
                    pieces.append(piece)  # noqa: PERF401 kept when it breaks off
            except httpx.TransportError as error:
                return _headers(response), pieces, error
        return _headers(response), pieces, None

    return asyncio.run(read())


@pytest.fixture(params=[_read_sync, _read_async], ids=["sync", "async"])
def read(request: pytest.FixtureRequest, toy: Toy) -> Read:
    """Read a reply through the sync or the async transport."""

    def read(reply: Reply, timeout: float | None = None) -> Heard:
        toy.at_head["/x"] = reply
        heard: Heard = request.param(toy, timeout)
        return heard

    return read


@pytest.fixture
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of five bytes."""
    path = tmp_path_factory.mktemp("vault") / "film.mp4"
    path.write_bytes(b"movie")
    return path


BREAKS: list[tuple[HowToCut, type[Exception]]] = [
    ("reset", httpx.ReadError),
    ("truncated", httpx.RemoteProtocolError),
    ("half_closed", httpx.RemoteProtocolError),
    ("stall", httpx.ReadTimeout),
]
breaks = pytest.mark.parametrize(("how", "kind"), BREAKS)


@breaks
@pytest.mark.parametrize("rest", [b"", b"bcd"])
def test_the_rest_of_a_piece_is_read(
    toy: Toy, read: Read, *, how: HowToCut, kind: type[Exception], rest: bytes
) -> None:
    """What still gets out of a stream is a piece, and then the connection breaks."""
    steps: list[Step] = [Send(b"a"), Cut(how, rest), Send(b"never")]

    headers, pieces, error = read(Reply(body=Stream(clock=toy.clock, steps=steps)))

    assert headers == ()
    assert pieces == [b"a", rest][: 2 if rest else 1]
    assert type(error) is kind
    if kind is httpx.RemoteProtocolError:
        assert str(error) == CHUNKS_MISSING


@breaks
@pytest.mark.parametrize("rest", [b"", b"bcd"])
def test_a_counted_stream_breaks_off(
    toy: Toy, read: Read, *, how: HowToCut, kind: type[Exception], rest: bytes
) -> None:
    """Nothing is added to its headers, and who was told a length learns how much is missing."""
    steps: list[Step] = [Send(b"a"), Cut(how, rest), Send(b"never")]

    headers, pieces, error = read(Reply(headers=TEN, body=Stream(clock=toy.clock, steps=steps)))

    assert headers == TEN
    assert b"".join(pieces) == b"a" + rest
    assert type(error) is kind
    if kind is httpx.RemoteProtocolError:
        assert str(error) == BYTES_MISSING.format(1 + len(rest), 10)


@breaks
@pytest.mark.parametrize("rest", [b"", b"bcd"])
def test_a_file_breaks_off(
    toy: Toy, film: Path, read: Read, *, how: HowToCut, kind: type[Exception], rest: bytes
) -> None:
    """Its range is read, then the rest, and then the connection breaks."""
    steps: list[Step] = [Send(File(path=film, start=1, length=3)), Cut(how, rest)]

    headers, pieces, error = read(Reply(headers=TEN, body=Stream(clock=toy.clock, steps=steps)))

    assert headers == TEN
    assert b"".join(pieces) == b"ovi" + rest
    assert type(error) is kind
    if kind is httpx.RemoteProtocolError:
        assert str(error) == BYTES_MISSING.format(3 + len(rest), 10)


@pytest.mark.parametrize("timeout", [None, 30.0])
@pytest.mark.parametrize("rest", [b"", b"bcd"])
def test_a_stall_of_a_stream_begins_with_the_last_bytes(
    toy: Toy, read: Read, *, timeout: float | None, rest: bytes
) -> None:
    """The rest of a piece is something heard: patience begins anew after it."""
    steps: list[Step] = [Send(b"a"), Until(EPOCH + 10), Cut("stall", rest)]

    _, _, error = read(Reply(body=Stream(clock=toy.clock, steps=steps)), timeout)

    assert type(error) is httpx.ReadTimeout
    assert toy.clock.now() - EPOCH == (10 if timeout is None else 40 if rest else 30)


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_a_stall_of_a_file_lasts_as_long_as_its_reader_waits(
    toy: Toy, film: Path, read: Read, *, timeout: float | None
) -> None:
    """Patience passes on the clock of the stream; without any the reader gives up at once."""
    steps: list[Step] = [Send(File(path=film, start=0, length=5)), Cut("stall")]

    _, pieces, error = read(Reply(headers=TEN, body=Stream(clock=toy.clock, steps=steps)), timeout)

    assert (pieces, type(error)) == ([b"movie"], httpx.ReadTimeout)
    assert toy.clock.now() - EPOCH == (timeout or 0)


@pytest.mark.parametrize("end", [Cut("reset"), Cut("stall"), Send(b"more"), Until(EPOCH + 900)])
def test_a_reader_who_was_told_a_length_hears_no_more(toy: Toy, read: Read, end: Step) -> None:
    """The body ends with its last byte, in the middle of a piece or not, whatever comes then."""
    asked: list[int] = []

    def steps(*sends: bytes) -> Iterator[Step]:
        yield from map(Send, sends)
        asked.append(len(sends))
        yield end

    for sends in ([b"hello", b"world"], [b"hello", b"world!"], [b"hello", b"", b"wor", b"ldly"]):
        stream = Stream(clock=toy.clock, steps=steps(*sends))
        _, pieces, error = read(Reply(headers=TEN, body=stream), 5.0)
        assert (b"".join(pieces), error) == (b"helloworld", None)

    assert asked == []
    assert toy.clock.now() == EPOCH


def test_a_counted_stream_may_end_too_early(toy: Toy, read: Read) -> None:
    """Steps that end before the announced length are a connection that closed too early."""
    stream = Stream(clock=toy.clock, steps=[Send(b"hello")])

    _, pieces, error = read(Reply(headers=(("content-LENGTH", "6"),), body=stream))

    assert pieces == [b"hello"]
    assert type(error) is httpx.RemoteProtocolError
    assert str(error) == BYTES_MISSING.format(5, 6)


def test_a_counted_stream_comes_at_its_times(toy: Toy, read: Read) -> None:
    """A JSON reply can drip: its pieces come when the clock says so, and a gap may be too long."""
    steps: list[Step] = [Send(b"{"), Until(EPOCH + 3), Send(b'"code":0'), Until(EPOCH + 9)]

    dripped = read(Reply(headers=TEN, body=Stream(clock=toy.clock, steps=[*steps, Send(b"}")])))
    again = Clock(autojump=True)
    _, pieces, error = read(Reply(headers=TEN, body=Stream(clock=again, steps=steps)), 5.0)

    assert dripped == (TEN, [b"{", b'"code":0', b"}"], None)
    assert toy.clock.now() == EPOCH + 9
    assert (pieces, type(error)) == ([b"{", b'"code":0'], httpx.ReadTimeout)
    assert again.now() == EPOCH + 8


@pytest.mark.parametrize("status", [200, 204])
def test_what_has_no_body_does_not_break(toy: Toy, film: Path, status: int) -> None:
    """A reply to HEAD, and one whose status has no body, ends with its head."""
    steps: list[Step] = [Send(File(path=film, start=0, length=5)), Cut("reset")]
    body = Stream(clock=toy.clock, steps=steps)
    toy.at_head["/x"] = Reply(status=status, headers=TEN, body=body)

    with httpx.Client(transport=SyncTransport(toy)) as client:
        response = client.request("HEAD" if status == 200 else "GET", f"{BASE}/x")

    assert (response.content, response.headers["content-length"]) == (b"", "10")
