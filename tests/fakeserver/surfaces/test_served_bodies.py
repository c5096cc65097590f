from __future__ import annotations

from asyncio import to_thread
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import Malformed, Reply, Spooled, TooLarge, Unreadable

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import Curl, House, Serve, Toy

MIB = 2**20
POST = "POST {} HTTP/1.1\nHost: a\nContent-Length: {}\n{}\n"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that does not fit into any buffer on the way."""
    path = tmp_path_factory.mktemp("files") / "large.mp4"
    path.write_bytes(b"movie" + bytes(32 * MIB))
    return path


def test_a_body_arrives_in_pieces(serve: Serve, toy: Toy) -> None:
    """A body that comes after its head, counted or chunked, is read to its end."""
    toy.reads("/plain")

    async def talk(house: House) -> None:
        for head, rest in (
            ("Content-Length: 5", b"hello"),
            ("Transfer-Encoding: chunked", b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
        ):
            wire = await house.connect()
            wire.say(f"POST /plain HTTP/1.1\nHost: a\nExpect: 100-continue\n{head}\n\n")
            assert await wire.hear() == b"HTTP/1.1 100 Continue\r\n\r\n"
            for octet in rest:
                wire.say(bytes([octet]))
                await wire.writer.drain()
            assert (await wire.hear(b"seen")).startswith(b"HTTP/1.1 200")

    serve(talk)

    assert [request.body for request in toy.requests] == [b"hello"] * 2


def test_a_client_may_wait_while_it_sends(serve: Serve, toy: Toy) -> None:
    """The clock is not held while a body is on its way, for its sender may wait on that clock."""
    toy.clock = Clock(autojump=True)
    toy.reads("/plain")

    async def talk(house: House) -> None:
        wire = await house.connect()
        wire.say(POST.format("/plain", 5, "Expect: 100-continue\n"))
        await wire.hear()
        await toy.clock.sleep(3)
        wire.say(b"hello")
        await wire.hear(b"seen")

    serve(talk)

    assert [request.body for request in toy.requests] == [b"hello"]


@pytest.mark.parametrize("length", [3, 10**9])
def test_a_refusal_comes_before_the_body(serve: Serve, toy: Toy, length: int) -> None:
    """A client that asks before it sends is refused at once, is not told to go on, and is let go."""
    toy.at_head["/refused"] = Reply(body=b"1001")
    toy.reads("/too-large", limit=2)

    async def talk(house: House) -> list[bytes]:
        heard = []
        for path in ("/refused", "/too-large"):
            wire = await house.connect()
            wire.say(POST.format(path, length, "Expect: 100-continue\n"))
            heard.append(await wire.hear())
            await wire.leave()
        return heard

    for heard in serve(talk):
        assert heard.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"Connection: close\r\n" in heard
    assert [request.body for request in toy.requests] == [TooLarge(2, 0)]


def test_an_unwanted_body_is_discarded_for_a_moment(serve: Serve, toy: Toy) -> None:
    """A client that goes on sending after its refusal is not cut off before it can look up."""

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(POST.format("/refused", 10**8, ""))
        heard = await wire.hear(b"seen")
        for _ in range(10):
            wire.say(bytes(10**5))
            await wire.writer.drain()
            await to_thread(int)  # lets a reset arrive
        assert not wire.writer.is_closing()
        return heard

    assert b"Connection: close\r\n" in serve(talk)


def test_a_body_that_never_ends_is_malformed(serve: Serve, toy: Toy) -> None:
    """After the server's patience the body is given up, and the client is told."""
    toy.reads("/plain")

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(POST.format("/plain", 10, "") + "half")
        return await wire.hear(b"seen")

    heard = serve(talk, patience=0.02)

    assert b"Connection: close\r\n" in heard
    assert toy.requests[0].body == Malformed("The body did not arrive within 0.02 seconds.")


def test_a_client_that_leaves_was_never_there(
    serve: Serve, toy: Toy, caplog: pytest.LogCaptureFixture
) -> None:
    """A body cut off by its sender is not dispatched, leaves nothing on disk, and is no defect."""
    toy.reads("/upload", limit=10**6, file_limit=10**6)

    async def talk(house: House) -> None:
        wire = await house.connect()
        form = "Content-Type: multipart/form-data; boundary=X\nExpect: 100-continue\n"
        wire.say(POST.format("/upload", 10**5, form))
        await wire.hear()
        wire.say('--X\nContent-Disposition: form-data; name="f"; filename="a"\n\nmov')
        await wire.leave()

    serve(talk)

    assert toy.requests == []
    assert not caplog.records


@pytest.mark.parametrize("expect", ["Expect: 100-continue", "Expect:"])
@pytest.mark.parametrize("status", [200, 401])
def test_curl_hears_a_refusal_of_a_large_upload(  # noqa: PLR0917 the cases, and what they need
    serve: Serve, toy: Toy, curl: Curl, large: Path, expect: str, status: int
) -> None:
    """Whether or not it asks first, curl sees the reply and no reset, and the rest is not read."""
    toy.at_head["/upload"] = Reply(status=status, body=b"refused")
    toy.reads("/mid", limit=MIB * 100, file_limit=MIB)

    async def talk(house: House) -> list[tuple[int, str]]:
        form = f"files=@{large}"
        return [
            await curl("-H", expect, "-F", form, f"{house.url}/upload"),
            await curl("-H", expect, "-F", form, f"{house.url}/mid"),
            await curl(
                "-H", expect, "-H", "Transfer-Encoding: chunked", "-F", form, f"{house.url}/mid"
            ),
        ]

    assert serve(talk) == [(0, "refused"), (0, "seen"), (0, "seen")]
    for request in toy.requests:
        assert isinstance(request.body, TooLarge)
        assert request.body.limit == MIB
        assert MIB < request.body.seen < 3 * MIB


def test_curl_uploads_files(
    serve: Serve, toy: Toy, curl: Curl, large: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Several files in one request are spooled and looked into, whatever they are called."""
    small = tmp_path_factory.mktemp("files") / "音乐.mp3"
    small.write_bytes(b"music")
    toy.reads("/upload", limit=MIB * 100, file_limit=MIB * 50)

    async def talk(house: House) -> tuple[int, str]:
        return await curl("-F", f"files=@{large}", "-F", f"files=@{small}", f"{house.url}/upload")

    assert serve(talk) == (0, "seen")
    (request,) = toy.requests
    assert isinstance(request.body, Spooled)
    assert [(p.filename, p.size, p.probe) for p in request.body.parts] == [
        ("large.mp4", 32 * MIB + 5, Unreadable("movie")),
        ("音乐.mp3", 5, Unreadable("music")),
    ]
