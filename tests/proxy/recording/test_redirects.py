"""A client that follows a redirect stays with the proxy, and what it finds there is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cassette import Cassette
from nemovideo_proxy.redirects import inside
from support.proxy_command import PATIENCE, recording
from support.raw_upstream import LAST, Raw, plain, raw

BASE = "http://127.0.0.1:9"
CDN = "https://cdn.example/films/a.mp4?Signature=abc"


def _inside(location: str, asked: str, root: str) -> str:
    def address(url: str) -> str:
        return f"{BASE}/__asset__/1"

    return inside(location, asked=asked, root=root, base=BASE, address=address)


@pytest.mark.parametrize(
    ("asked", "location", "told"),
    [
        ("/a/b", "/c?d=e#f", "/c?d=e#f"),
        ("/a/b", "c", "c"),
        ("/a/b", "https://api.example/c?d=e", f"{BASE}/c?d=e"),
        ("/a/b", "https://API.example:443/c", f"{BASE}/c"),
        ("/a/b", "//api.example/c", f"{BASE}/c"),
        ("/a/b", "https://api.example", f"{BASE}"),
        ("/a/b", "http://api.example/c", f"{BASE}/__asset__/1"),
        ("/a/b", "https://api.example.elsewhere/c", f"{BASE}/__asset__/1"),
        ("/a/b", CDN, f"{BASE}/__asset__/1"),
        ("/a/b", "https://u@elsewhere.example/", f"{BASE}/__asset__/1"),
        ("/a/b", "https://u@api.example/c", f"{BASE}/__asset__/1"),
        ("/a/b", "https://api.example:x/", f"{BASE}/__asset__/1"),
        ("/a/b", "nemovideo://open", "nemovideo://open"),
        (CDN, "/films/b.mp4", f"{BASE}/__asset__/1"),
        (CDN, "https://api.example/c", f"{BASE}/c"),
    ],
)
def test_no_redirect_leads_out(asked: str, location: str, told: str) -> None:
    """The service's own addresses become the proxy's, others those of files; what is not HTTP stays."""
    assert _inside(location, asked, "https://api.example") == told


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://api.example/v1/c", f"{BASE}/c"),
        ("/v1/c", f"{BASE}/c"),
        ("c", f"{BASE}/a/c"),
        ("/v10/c", f"{BASE}/__asset__/1"),
        ("?d=e", f"{BASE}/a/b?d=e"),
    ],
)
def test_what_lies_under_a_path_is_asked_without_it(location: str, told: str) -> None:
    """A service under a path is known to the client without that path; what lies beside it is a file."""
    assert _inside(location, "/a/b?from=https://x.example/", "https://api.example/v1") == told


@pytest.fixture
def service() -> Iterator[Raw]:
    """A service that says what the test says."""
    with raw() as made:
        yield made


@pytest.fixture
def elsewhere() -> Iterator[Raw]:
    """A host of files."""
    with raw() as made:
        yield made


def _found(url: str) -> bytes:
    head = f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head.encode() + LAST


def test_a_redirect_is_followed_through_the_proxy(
    service: Raw, elsewhere: Raw, tmp_path: Path
) -> None:
    """From the service to itself, to another host, and on: all is recorded, and replayed when they are gone."""
    pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")
    path = tmp_path / "session.yaml"
    with recording(service.url, path) as recorder:
        with httpx.Client(timeout=PATIENCE, follow_redirects=True) as http:
            service.say(_found(f"{service.url}/two"))
            service.say(_found(f"{elsewhere.url}/three?Signature=abcdefgh12345678"))
            elsewhere.say(_found("/four"))
            elsewhere.say(plain(b"\0film", "application/octet-stream"))
            film = http.get(f"{recorder.url}/one")
        recorder.stop()
    with recording(service.url, path) as recorder:
        with httpx.Client(timeout=PATIENCE, follow_redirects=True) as http:
            replayed = http.get(f"{recorder.url}/one")
        own = recorder.url
        recorder.stop()

    assert film.content == replayed.content == b"\0film"
    assert len(film.history) == 3
    assert all(str(each.url).startswith(own) for each in (replayed, *replayed.history))
    assert service.asked.qsize() == elsewhere.asked.qsize() == 2
    with Cassette.open(path) as cassette:
        read = [cassette.interaction(entry) for entry in cassette.entries]
    assert [each.request.url.partition("?")[0] for each in read] == [
        "/one",
        "/two",
        f"{elsewhere.url}/three",
        f"{elsewhere.url}/four",
    ]
    assert read[0].response is not None
    assert read[0].response.header("location") == f"{service.url}/two"
    assert b"abcdefgh12345678" not in path.read_bytes()
