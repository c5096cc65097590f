"""How an exchange ended is told apart, over real sockets, and the client sees the same end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.proxy_recording import PATIENCE, MemoryWriter, proxied, session_of
from support.raw_upstream import LAST, SSE, Raw, chunk, plain, raw

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")


class Client:
    """A client with a socket of its own."""

    def __init__(self, url: str) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=PATIENCE)

    def get(self, path: str) -> None:
        """Ask for `path`."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: proxy\r\n\r\n".encode())

    def until(self, data: bytes) -> bytes:
        """Return all that came up to `data`."""
        got = b""
        while data not in got:
            more = self._socket.recv(65536)
            assert more, got
            got += more
        return got

    def rest(self) -> bytes:
        """Return what comes before the end of the connection."""
        got = b""
        while more := self._socket.recv(65536):
            got += more
        return got

    def leave(self) -> None:
        """Close the connection."""
        self._socket.close()


@pytest.fixture
def service() -> Iterator[Raw]:
    """A service that says what the test says."""
    with raw() as made:
        yield made


@pytest.fixture
def recorder(service: Raw, tmp_path: Path) -> Iterator[tuple[Client, MemoryWriter]]:
    """A client of a recorder of that service."""
    session, writer = session_of(service.url, tmp_path, patience=1.0)
    with proxied(session, tmp_path) as url:
        client = Client(url)
        yield client, writer
        client.leave()


def _first_event(service: Raw, client: Client) -> None:
    """Let the first event of a stream reach the client."""
    client.get("/run_sse")
    service.request()
    service.say(SSE + chunk(b"data: 1\n\n"))
    client.until(b"data: 1\n\n")


def test_frames_reach_the_client_while_the_stream_is_open(
    service: Raw, recorder: tuple[Client, MemoryWriter]
) -> None:
    """The client has a frame before the service says the next; each chunk is a piece with its size."""
    client, writer = recorder
    _first_event(service, client)
    service.say(chunk(b"data: 2\n\n") + chunk(b": three\n\n"))
    client.until(b": three\n\n")
    service.say(LAST)
    client.until(LAST)

    (done,) = writer.wait()
    assert done.end == "eof"
    assert done.response is not None
    assert done.response.body == b"data: 1\n\ndata: 2\n\n: three\n\n"
    assert [piece.size for piece in done.response.pieces] == [9, 9, 9]


def test_a_close_inside_a_chunk_is_truncated(
    service: Raw, recorder: tuple[Client, MemoryWriter]
) -> None:
    """A connection that the service closes inside the reply: what came is kept, and the end is `truncated`."""
    client, writer = recorder
    client.get("/run_sse")
    service.request()
    service.say(SSE + b"20\r\ndata: hal")
    service.close()

    assert client.rest().endswith(b"data: hal\r\n")
    (done,) = writer.wait()
    assert done.end == "truncated"
    assert done.response is not None
    assert done.response.body == b"data: hal"


def test_a_reset_is_a_reset_on_both_sides(
    service: Raw, recorder: tuple[Client, MemoryWriter]
) -> None:
    """A connection that the service breaks breaks for the client too, and the end is `reset`."""
    client, writer = recorder
    _first_event(service, client)
    service.reset()

    with pytest.raises(ConnectionResetError):
        client.rest()
    (done,) = writer.wait()
    assert done.end == "reset"


def test_a_client_that_leaves_is_lost(service: Raw, recorder: tuple[Client, MemoryWriter]) -> None:
    """When the client leaves, the service's connection is closed, and the end is `lost`."""
    client, writer = recorder
    _first_event(service, client)
    client.leave()

    (done,) = writer.wait()
    assert done.end == "lost"


def test_a_stall_is_given_up(service: Raw, recorder: tuple[Client, MemoryWriter]) -> None:
    """A reply in which nothing moves is given up after the recorder's patience: `timeout`."""
    client, writer = recorder
    _first_event(service, client)

    (done,) = writer.wait()
    assert done.end == "timeout"


def test_a_close_before_any_reply_has_no_response(
    service: Raw, recorder: tuple[Client, MemoryWriter]
) -> None:
    """A connection that closes before a reply began closes for the client, and there is no response."""
    client, writer = recorder
    client.get("/run_sse")
    service.request()
    service.close()

    assert client.rest() == b""
    (done,) = writer.wait()
    assert (done.response, done.end) == (None, "truncated")


def test_where_nobody_listens_the_client_is_told_so(tmp_path: Path) -> None:
    """A marked 502, also to an upload; the requests are kept, without a response and with the end `reset`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    session, writer = session_of(f"http://127.0.0.1:{port}", tmp_path)
    with proxied(session, tmp_path) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        asked = http.post("/run_sse", json={"new_message": {}})
        uploaded = http.post("/api/upload", files={"file": ("a.mp4", b"a film")})

    for reply in (asked, uploaded):
        assert (reply.status_code, reply.headers["x-nemo-proxy"]) == (502, "unreachable")
        assert f"no reply comes from 127.0.0.1:{port}" in reply.json()["nemo_proxy"]["says"]
    done = writer.wait(2)
    assert [(each.response, each.end) for each in done] == [(None, "reset"), (None, "reset")]


def test_a_service_that_comes_back_is_asked_again(tmp_path: Path) -> None:
    """A marked 502 closes the connection; over the next one the service is reached."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    session, writer = session_of(f"http://127.0.0.1:{port}", tmp_path)
    with proxied(session, tmp_path) as url:
        client = Client(url)
        client.get("/api")
        assert client.rest().endswith(b"}}\n")
        client.leave()
        with raw(port) as service:
            client = Client(url)
            client.get("/api")
            service.request()
            service.say(plain(b'{"code":0}'))
            assert client.until(b'{"code":0}').startswith(b"HTTP/1.1 200")
        client.leave()

    assert [each.end for each in writer.wait(2)] == ["reset", "eof"]
