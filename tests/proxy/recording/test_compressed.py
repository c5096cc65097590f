"""Clients that ask for compression, and a service that compresses although it was asked not to."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.proxy_recording import PATIENCE, MemoryWriter, proxied, session_of
from support.raw_upstream import LAST, Raw, chunk, plain, raw

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")

ENCODED = b"Content-Encoding: gzip"


@pytest.fixture
def service() -> Iterator[Raw]:
    """A service that says what the test says."""
    with raw() as made:
        yield made


@pytest.fixture
def recorder(service: Raw, tmp_path: Path) -> Iterator[tuple[str, MemoryWriter]]:
    """A recorder of that service."""
    session, writer = session_of(service.url, tmp_path)
    with proxied(session, tmp_path) as url:
        yield url, writer


def test_curl_reads_what_was_compressed_all_the_same(
    service: Raw, recorder: tuple[str, MemoryWriter]
) -> None:
    """The service is asked for plain bytes; what it packs is unpacked, rewritten and recorded as what it says."""
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    url, writer = recorder
    said = json.dumps({"data": {"cdn_url": "https://cdn.example/a.mp4"}}).encode()
    service.say(plain(gzip.compress(said), "application/json", ENCODED))
    command = (curl, "-sS", "--compressed", "--noproxy", "*", f"{url}/api")
    ran = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)

    assert json.loads(ran.stdout) == {"data": {"cdn_url": f"{url}/__asset__/1"}}
    assert b"Accept-Encoding: identity\r\n" in service.request() + b"\r\n"
    (done,) = writer.wait()
    assert done.response is not None
    assert done.response.body == said
    assert done.response.header("content-encoding") is None
    assert "gzip" in (done.request.header("accept-encoding") or "")


def test_a_compressed_stream_comes_when_it_is_said(
    service: Raw, recorder: tuple[str, MemoryWriter]
) -> None:
    """A frame that was packed and flushed reaches the client before the next is said."""
    url, writer = recorder
    pack = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)

    def packed(data: bytes) -> bytes:
        return chunk(pack.compress(data) + pack.flush(zlib.Z_SYNC_FLUSH))

    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
    service.say(head + ENCODED + b"\r\n\r\n" + packed(b"data: 1\n\n"))
    with httpx.stream("POST", f"{url}/run_sse", timeout=PATIENCE) as reply:
        lines = reply.iter_lines()
        assert next(lines) == "data: 1"
        service.say(packed(b"data: 2\n\n") + chunk(pack.flush()) + LAST)
        assert list(lines) == ["", "data: 2", ""]

    (done,) = writer.wait()
    assert done.response is not None
    assert done.response.body == b"data: 1\n\ndata: 2\n\n"
    assert [piece.size for piece in done.response.pieces] == [9, 9]


def test_a_packed_file_is_unpacked(service: Raw, recorder: tuple[str, MemoryWriter]) -> None:
    """What is not text comes through as well, in as many parts as it was packed in."""
    url, writer = recorder
    body = gzip.compress(b"\0one ") + gzip.compress(b"two")
    service.say(plain(body, "application/octet-stream", ENCODED))
    reply = httpx.get(f"{url}/api/file", timeout=PATIENCE)

    assert reply.content == b"\0one two"
    writer.wait()
    assert list(writer.files.values()) == [b"\0one two"]
