from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.surfaces import http1
from nemovideo_fakeserver.surfaces.aiohttp_app import PortTaken, Served, new_loop
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Pending,
    Reply,
)

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import House, Serve, Toy

GET = "GET {} HTTP/1.1\nHost: fake.test\n\n"


def test_a_reply_is_written_as_given(serve: Serve, toy: Toy) -> None:
    """Status line, headers in order and body arrive byte for byte, with the length added."""
    toy.at_head["/x"] = Reply(
        status=402, headers=(("B", "ü"), ("A", "2"), ("B", "3")), body=b"four"
    )

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(GET.format("/x"))
        return await wire.hear(b"four")

    heard = serve(talk)

    assert heard.decode() == (
        "HTTP/1.1 402 Payment Required\r\nB: ü\r\nA: 2\r\nB: 3\r\nContent-Length: 4\r\n\r\nfour"
    )


def test_a_connection_takes_many_requests(serve: Serve, toy: Toy) -> None:
    """Requests follow each other on one connection, bodies and all, until the client says close."""
    toy.reads("/plain")

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say("POST /plain HTTP/1.1\nHost: a\nContent-Length: 3\n\none")
        wire.say(GET.format("/two"))
        wire.say("HEAD /three HTTP/1.1\nHost: a\nConnection: close\n\n")
        return await wire.hear_all()

    heard = serve(talk)

    assert [request.body for request in toy.requests] == [b"one"]
    assert [head.path for head in toy.heads] == ["/plain", "/two", "/three"]
    assert heard.decode() == (
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nseen" * 2
        + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n"
    )


def test_an_old_client_is_served_once(serve: Serve) -> None:
    """HTTP/1.0 gets its reply, and the connection ends."""

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say("GET / HTTP/1.0\nConnection: keep-alive\n\n")
        return await wire.hear_all()

    assert serve(talk).endswith(b"Connection: close\r\n\r\nseen")


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("nemo.test:81", "http://nemo.test:81"),
        ("localhost", "http://localhost"),
        ("[::1]:81", "http://[::1]:81"),
        ("a/../b", None),
        ("evil.test/?x=", None),
        ("a b", None),
        ("", None),
    ],
)
def test_the_base_is_the_host_that_was_asked(
    serve: Serve, toy: Toy, host: str, base: str | None
) -> None:
    """Links are made of the Host header if it is a plain host, else of where the server really is."""

    async def talk(house: House) -> str:
        wire = await house.connect()
        wire.say(f"GET / HTTP/1.1\nHost: {host}\n\n")
        await wire.hear()
        return house.url

    url = serve(talk)

    assert toy.heads[0].base == (base or url)
    assert toy.heads[0].peer == "127.0.0.1"


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/a%2Fb?x=%20&x=2", "/a%2Fb", "x=%20&x=2"),
        ("http://other.test/a?b", "/a", "b"),
        ("//a/b", "//a/b", ""),
        ("/a#b", "/a", ""),
        ("/%ff%zz?", "/%ff%zz", ""),
        ('/a|<b>?"', "/a|<b>", '"'),
    ],
)
def test_a_target_is_handed_over_raw(
    serve: Serve, toy: Toy, target: str, path: str, query: str
) -> None:
    """Path and query are what the client sent, still encoded."""

    async def talk(house: House) -> None:
        wire = await house.connect()
        wire.say(GET.format(target))
        await wire.hear()

    serve(talk)

    assert (toy.heads[0].path, toy.heads[0].query) == (path, query)


@pytest.mark.parametrize(
    "request_", [b"GET /\xff\xe9 HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\r\n\r\n"]
)
def test_what_is_no_http_is_refused_in_one_line(
    serve: Serve, caplog: pytest.LogCaptureFixture, request_: bytes
) -> None:
    """Garbage gets a 400, and the log no traceback."""

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(request_)
        return await wire.hear()

    heard = serve(talk)

    assert heard.split()[1] == b"400"
    assert all(record.exc_info is None for record in caplog.records)
    assert all(record.levelno < logging.WARNING for record in caplog.records)


def test_header_octets_become_clean_text(
    serve: Serve, toy: Toy, caplog: pytest.LogCaptureFixture
) -> None:
    """Header values are UTF-8, and octets that are not become replacement characters."""

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(b"GET / HTTP/1.1\r\nHost: a\r\nX-Name: \xe9\xff\r\nX-Other: \xe9\x9f\xb3\r\n\r\n")
        return await wire.hear()

    heard = serve(talk)

    assert heard.startswith(b"HTTP/1.1 200")
    assert (toy.heads[0].header("x-name"), toy.heads[0].header("x-other")) == ("��", "音")
    assert not caplog.records


def test_a_defect_is_marked_and_logged(
    serve: Serve, toy: Toy, caplog: pytest.LogCaptureFixture
) -> None:
    """What breaks in the brain is a 500 no client could take for the service's, and logged."""

    def defect() -> Reply:
        raise LookupError("a defect")

    toy.at_head["/x"] = defect
    toy.at_head["/y"] = Reply(headers=(("X-Split", "a\r\nX-Injected: b"),))

    async def talk(house: House) -> list[bytes]:
        wire = await house.connect()
        heard = []
        for path in ("/x", "/y"):
            wire.say(GET.format(path))
            heard.append(await wire.hear(b"says why.\n"))
        return heard

    for heard in serve(talk):
        assert heard.startswith(b"HTTP/1.1 500 ")
        assert b"\r\nX-Nemo-Fake: defect\r\n" in heard
        assert b"Injected" not in heard
    assert [record.getMessage() for record in caplog.records] == [
        "no answer to GET '/x'",
        "no answer to GET '/y'",
    ]
    assert all(record.exc_info for record in caplog.records)


def test_a_file_is_sent_from_its_range(
    serve: Serve, toy: Toy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A reply from disk is the range it names; a reply to HEAD only says how long it is."""
    path = tmp_path_factory.mktemp("vault") / "film.mp4"
    path.write_bytes(bytes(range(256)) * 4096)
    toy.at_head["/film"] = Reply(status=206, body=File(path=path, start=3, length=600_000))

    async def talk(house: House) -> tuple[bytes, bytes]:
        wire = await house.connect()
        wire.say("HEAD /film HTTP/1.1\nHost: a\n\n" + GET.format("/film"))
        await wire.hear()
        return await wire.hear(), await wire.reader.readexactly(600_000)

    head, body = serve(talk)

    assert b"Content-Length: 600000\r\n" in head
    assert body == path.read_bytes()[3:600_003]


def test_a_file_that_is_too_short_breaks_off(
    serve: Serve,
    toy: Toy,
    tmp_path_factory: pytest.TempPathFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """When the promised length cannot be kept, the connection ends rather than pretend."""
    path = tmp_path_factory.mktemp("vault") / "film.mp4"
    path.write_bytes(b"short")
    toy.at_head["/film"] = Reply(body=File(path=path, start=0, length=9))

    async def talk(house: House) -> None:
        wire = await house.connect()
        wire.say(GET.format("/film"))
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await wire.hear(b"short....")

    serve(talk)

    assert "film.mp4 ends 4 bytes too early" in str(caplog.records[0].exc_info)


def test_a_reply_that_waits_for_work(serve: Serve, toy: Toy) -> None:
    """The reply is what `resume` gives once the job has ended."""
    job: Future[str] = Future()
    done = Reply(body=b"done")
    toy.at_head["/x"] = Reply(body=Pending(clock=toy.clock, job=job, resume=lambda: done))

    async def talk(house: House) -> bytes:
        waiting, other = await house.connect(), await house.connect()
        waiting.say(GET.format("/x"))
        other.say(GET.format("/y"))
        await other.hear(b"seen")
        job.set_result("film")
        return await waiting.hear(b"done")

    assert serve(talk).endswith(b"Content-Length: 4\r\n\r\ndone")


def test_a_reply_whose_patience_ends(serve: Serve, toy: Toy) -> None:
    """The reply is what `resume` gives by then, and the job goes on for others."""
    job: Future[str] = Future()
    early = Reply(body=b"not yet")
    toy.at_head["/x"] = Reply(
        body=Pending(clock=toy.clock, job=job, resume=lambda: early, patience=0.0)
    )

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(GET.format("/x"))
        return await wire.hear(b"not yet")

    assert serve(talk).endswith(b"Content-Length: 7\r\n\r\nnot yet")
    assert job.set_running_or_notify_cancel()


class HeldClock(Clock):
    """A clock that tells when it is held, and when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.held, self.let_go = asyncio.Event(), asyncio.Event()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold it, and tell."""
        with super().hold():
            self.held.set()
            try:
                yield
            finally:
                self.let_go.set()


@pytest.mark.parametrize("patience", [None, 600])
def test_a_wait_ends_with_its_reader(serve: Serve, toy: Toy, patience: float | None) -> None:
    """Neither work nor patience keeps the clock held for who has gone; the work goes on."""
    job: Future[str] = Future()

    async def talk(house: House) -> None:
        clock = HeldClock()
        toy.at_head["/x"] = Reply(
            body=Pending(clock=clock, job=job, resume=Reply, patience=patience)
        )
        wire = await house.connect()
        wire.say(GET.format("/x"))
        await clock.held.wait()
        await wire.leave()
        await clock.let_go.wait()

    serve(talk)

    assert job.set_running_or_notify_cancel()


def test_a_taken_port_is_named(serve: Serve, toy: Toy) -> None:
    """A port in use is an OSError of its own, with the port and what to do."""

    async def talk(house: House) -> str:
        port = int(house.url.rsplit(":", 1)[1])
        with pytest.raises(PortTaken) as caught:
            await Served(toy, port=port).start()
        assert str(port) in str(caught.value)
        return str(caught.value)

    assert serve(talk).endswith("is taken: choose another, or 0 for a free one")


def test_a_host_that_is_not_ours_is_an_os_error(toy: Toy) -> None:
    """An address of somebody else's is refused by the system, as it says."""

    async def main() -> None:
        with pytest.raises(OSError, match=r"192\.0\.2\.1"):
            await Served(toy, "192.0.2.1").start()

    asyncio.run(main())


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8765"),
        ("0.0.0.0", "http://127.0.0.1:8765"),
        ("::1", "http://[::1]:8765"),
    ],
)
def test_the_url_can_be_reached(toy: Toy, host: str, url: str) -> None:
    """The URL names an address a client can connect to, also where the server listens everywhere."""
    assert Served(toy, host, 8765).url == url


def test_closing_twice_is_closing_once(toy: Toy) -> None:
    """`close` may be called before `start` and again; afterwards nobody answers there."""

    async def main() -> str:
        served = Served(toy)
        await served.close()
        await served.start()
        await served.close()
        await served.close()
        return served.url

    url = asyncio.run(main())

    with pytest.raises(httpx.ConnectError), httpx.Client(trust_env=False) as http:
        http.get(url)


def test_the_loop_is_the_fastest_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serving uses uvloop where it is installed, else asyncio's own loop."""
    pytest.importorskip("uvloop")
    loops = [new_loop()]
    monkeypatch.setitem(sys.modules, "uvloop", None)
    loops.append(new_loop())
    for loop in loops:
        loop.close()

    assert [type(loop).__module__.split(".")[0] for loop in loops] == ["uvloop", "asyncio"]


def test_a_chunk_says_its_length() -> None:
    """Chunks carry their length in hexadecimal."""
    assert http1.chunk(b"x" * 26) == b"1a\r\n" + b"x" * 26 + b"\r\n"
