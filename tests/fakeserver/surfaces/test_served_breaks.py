from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from nemovideo_fakeserver.surfaces import aiohttp_reply, http1
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import BodyPlan, Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import Curl, House, Serve, Toy

MIB = 2**20
GET = b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
OLD = b"GET /x HTTP/1.0\r\n\r\n"
TEN = (("Content-Length", "10"),)
ENDS: list[tuple[HowToCut, str]] = [
    ("reset", "reset"),
    ("truncated", "closed"),
    ("half_closed", "half_closed"),
]
ends = pytest.mark.parametrize(("how", "ended"), ENDS)

Form = Callable[["Toy", Path, Cut], Reply]
"""A reply that brings an `a` and then breaks off."""


def chunked(toy: Toy, _: Path, cut: Cut) -> Reply:
    """A stream of events."""
    return Reply(body=Stream(clock=toy.clock, steps=[Send(b"a"), cut, Send(b"never")]))


def counted(toy: Toy, _: Path, cut: Cut) -> Reply:
    """A stream that announced its length."""
    return Reply(headers=TEN, body=Stream(clock=toy.clock, steps=[Send(b"a"), cut, Send(b"never")]))


def filed(toy: Toy, folder: Path, cut: Cut) -> Reply:
    """A file that announced more than it brings."""
    path = folder / "film.mp4"
    path.write_bytes(b"<a>")
    steps: list[Step] = [Send(File(path=path, start=1, length=1)), cut]
    return Reply(headers=TEN, body=Stream(clock=toy.clock, steps=steps))


@pytest.fixture(params=[chunked, counted, filed], ids=lambda form: form.__name__)
def form(request: pytest.FixtureRequest) -> Form:
    """Each of the forms of a body that can break off."""
    made: Form = request.param
    return made


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files that are sent."""
    return tmp_path_factory.mktemp("vault")


@ends
def test_the_rest_of_a_piece_still_gets_out(
    serve: Serve, toy: Toy, folder: Path, how: HowToCut, ended: str
) -> None:
    """What is left of a chunk is one, but where it is truncated: there the chunk announces more."""
    toy.at_head["/x"] = chunked(toy, folder, Cut(how, b"bcd"))

    heard = serve(lambda house: house.hear_end(GET))

    assert b"Transfer-Encoding: chunked\r\n" in heard.raw
    assert heard.body == b"1\r\na\r\n" + (b"6\r\nbcd" if how == "truncated" else b"3\r\nbcd\r\n")
    assert heard.ended == ended


@ends
@pytest.mark.parametrize("plain", [counted, filed])
def test_the_rest_of_a_counted_body_is_plain(
    serve: Serve, toy: Toy, folder: Path, *, plain: Form, how: HowToCut, ended: str
) -> None:
    """A body that announced its length has no chunks, nothing is added to its headers, and it breaks off."""
    toy.at_head["/x"] = plain(toy, folder, Cut(how, b"bcd"))

    heard = serve(lambda house: house.hear_end(GET))

    assert b"\r\nContent-Length: 10\r\n" in heard.raw
    assert heard.raw.lower().count(b"content-length") == 1
    assert b"Transfer-Encoding" not in heard.raw
    assert heard.body == b"abcd"
    assert heard.ended == ended


@ends
def test_an_old_client_gets_the_rest(
    serve: Serve, toy: Toy, folder: Path, *, form: Form, how: HowToCut, ended: str
) -> None:
    """To HTTP/1.0 a stream is plain, broken or not."""
    toy.at_head["/x"] = form(toy, folder, Cut(how, b"bcd"))

    heard = serve(lambda house: house.hear_end(OLD))

    assert (heard.body, heard.ended) == (b"abcd", ended)


@ends
def test_a_break_need_not_leave_anything(
    serve: Serve, toy: Toy, folder: Path, *, form: Form, how: HowToCut, ended: str
) -> None:
    """Without a rest the body is what came before, without an end."""
    toy.at_head["/x"] = form(toy, folder, Cut(how))

    heard = serve(lambda house: house.hear_end(GET))

    assert heard.body == (b"1\r\na\r\n" if form is chunked else b"a")
    assert heard.ended == ended


@ends
@pytest.mark.parametrize("rest", [b"", bytes(6 * MIB)])
def test_all_that_was_written_arrives(
    serve: Serve, toy: Toy, *, how: HowToCut, ended: str, rest: bytes
) -> None:
    """A break overtakes nothing: not even a reset, and not even where the reader is far behind."""
    piece = bytes(6 * MIB)

    async def talk(house: House) -> tuple[int, bool]:
        asked = asyncio.Event()

        def reply() -> Reply:
            asked.set()
            steps: list[Step] = [Send(piece), Cut(how, rest)]
            return Reply(headers=TEN, body=Stream(clock=toy.clock, steps=steps))

        toy.at_head["/x"] = reply
        with socket.socket() as late:
            late.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            late.settimeout(15)
            late.connect(("127.0.0.1", urlsplit(house.url).port or 0))
            late.sendall(GET)
            await asked.wait()
            assert await house.goes_on()
            return await asyncio.to_thread(_count, late)

    assert serve(talk) == (len(piece + rest), ended == "reset")


def _count(connection: socket.socket) -> tuple[int, bool]:
    """Return how many bytes of a body arrive, and whether a reset ends them."""
    heard = bytearray()
    try:
        while piece := connection.recv(MIB):
            heard += piece
    except ConnectionResetError:
        return len(heard.partition(b"\r\n\r\n")[2]), True
    return len(heard.partition(b"\r\n\r\n")[2]), False


def test_a_stream_of_a_file_breaks_behind_it(serve: Serve, toy: Toy, folder: Path) -> None:
    """What announces all it brings may be reset after its last byte; HEAD breaks nothing."""
    broken = filed(toy, folder, Cut("reset", b"bcd"))
    toy.at_head["/x"] = Reply(headers=(("Content-Length", "4"),), body=broken.body)

    async def talk(house: House) -> tuple[bytes, bytes, str]:
        wire = await house.connect()
        wire.say("HEAD /x HTTP/1.1\nHost: a\n\n")
        head = await wire.hear()
        heard = await house.hear_end(GET)
        return head, heard.raw, heard.ended

    head, raw, ended = serve(talk)

    assert head.startswith(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n")
    assert (raw.partition(b"\r\n\r\n")[2], ended) == (b"abcd", "reset")


@pytest.mark.parametrize("chunks", [False, True])
def test_a_counted_stream_ends_as_it_says(serve: Serve, toy: Toy, *, chunks: bool) -> None:
    """Pieces of a stream that announced its length are plain, and nothing follows them."""
    steps = [Send(b"{"), Send(b""), Send(b'"code":0'), Send(b"}")]
    headers = () if chunks else (("content-length", "10"), ("Content-Type", "application/json"))
    toy.at_head["/x"] = Reply(headers=headers, body=Stream(clock=toy.clock, steps=steps))

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(GET)
        return await wire.hear_all()

    heard = serve(talk)

    if chunks:
        assert heard.endswith(b'\r\n\r\n1\r\n{\r\n8\r\n"code":0\r\n1\r\n}\r\n0\r\n\r\n')
    else:
        assert heard == (
            b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\nContent-Type: application/json\r\n"
            b'Connection: close\r\n\r\n{"code":0}'
        )


@ends
@pytest.mark.parametrize(
    "request_",
    [
        GET,
        b"HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n",
        OLD,
        b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_a_reply_may_never_begin(
    serve: Serve, toy: Toy, request_: bytes, how: HowToCut, ended: str
) -> None:
    """Where a cut stands for a reply not a byte of one arrives, whatever the rest."""
    toy.at_head["/x"] = Reply(body=Cut(how, b"never"))
    if request_.startswith(b"POST"):
        toy.at_body["/x"] = Reply(body=Cut(how, b"never"))
        toy.at_head["/x"] = BodyPlan(limit=10, clock=toy.clock)

    heard = serve(lambda house: house.hear_end(request_))

    assert (heard.raw, heard.ended) == (b"", ended)


@pytest.mark.parametrize("how", ["truncated", "half_closed", "stall"])
def test_who_still_sends_may_send_on(serve: Serve, toy: Toy, how: HowToCut) -> None:
    """A break while a body is on its way is no reset: what still comes is discarded."""
    toy.at_head["/x"] = Reply(body=Cut(how))

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (32 * MIB))
        for _ in range(32):
            wire.say(bytes(MIB))
            await wire.writer.drain()
        if how == "stall":
            assert await house.goes_on()
            assert not wire.reader.at_eof()
            return b""
        return await wire.hear_all()

    assert serve(talk) == b""


def test_who_waits_to_send_learns_of_the_break(serve: Serve, toy: Toy) -> None:
    """A client that asks whether to send its body is not left waiting for an answer."""
    toy.at_head["/x"] = Reply(body=Cut("truncated"))

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say("POST /x HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 9\n\n")
        async with asyncio.timeout(1.5):  # less than an unwanted body is given
            return await wire.hear_all()

    assert serve(talk) == b""


@pytest.fixture
def stalling(monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Say when the door begins to wait for a reader to leave, and when it has ended."""
    begun, over = asyncio.Event(), asyncio.Event()
    until_left = aiohttp_reply._until_left

    async def watched(request: web.BaseRequest) -> None:
        begun.set()
        if request.headers.get("X-Body") == "broken":  # not all of aiohttp's parsers say so
            request.content.set_exception(web.RequestPayloadError("no chunk"))
        try:
            await until_left(request)
        finally:
            over.set()

    monkeypatch.setattr(aiohttp_reply, "_until_left", watched)
    return begun, over


@pytest.mark.parametrize("more", [b"", b"2\r\n{}\r\n0\r\n\r\n", b"no chunk\r\n"])
@pytest.mark.parametrize("body", ["whole", "broken"])
@pytest.mark.parametrize("begins", [True, False])
def test_a_stall_is_silent_until_the_reader_leaves(
    serve: Serve,
    toy: Toy,
    folder: Path,
    stalling: tuple[asyncio.Event, asyncio.Event],
    *,
    form: Form,
    begins: bool,
    body: str,
    more: bytes,
) -> None:
    """Not a byte more and no end, whatever the reader says; nobody waits for it, and then it is over."""
    cut = Cut("stall", b"bcd")
    toy.at_head["/x"] = form(toy, folder, cut) if begins else Reply(body=cut)
    begun, over = stalling

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(f"POST /x HTTP/1.1\nHost: a\nX-Body: {body}\nTransfer-Encoding: chunked\n\n")
        await begun.wait()
        assert toy.clock.settling(10).done()
        wire.say(more)
        assert await house.goes_on()
        assert not over.is_set()
        heard = await wire.reader.read(1000) if begins else b""
        rest = asyncio.create_task(wire.hear_all())
        assert await house.goes_on()
        assert not rest.done()
        rest.cancel()
        await wire.leave()
        await over.wait()
        return heard.partition(b"\r\n\r\n")[2]

    heard = serve(talk)

    if begins:
        assert heard == (b"1\r\na\r\n3\r\nbcd\r\n" if form is chunked else b"abcd")


@pytest.mark.parametrize(
    ("how", "code", "unbegun"),
    [("reset", 56, 56), ("truncated", 18, 52), ("half_closed", 18, 52)],
)
def test_curl_names_the_break(
    serve: Serve,
    toy: Toy,
    folder: Path,
    curl: Curl,
    *,
    form: Form,
    how: HowToCut,
    code: int,
    unbegun: int,
) -> None:
    """What came is printed; the code is that of a connection reset, a partial file or an empty reply."""
    toy.at_head["/x"] = form(toy, folder, Cut(how, b"bcd"))
    toy.at_head["/y"] = Reply(body=Cut(how))

    async def talk(house: House) -> list[tuple[int, str]]:
        told = [await curl(f"{house.url}/{path}") for path in ("x", "y", "z")]
        return [(status, output.partition("curl: ")[0]) for status, output in told]

    assert serve(talk) == [(code, "abcd"), (unbegun, ""), (0, "seen")]


def test_a_broken_chunk_announces_more() -> None:
    """The chunk that is cut says that it is twice as long as it is, and has no end."""
    assert http1.broken_chunk(b"x" * 13) == b"1a\r\n" + b"x" * 13
