"""Bodies that are larger than what is recorded, as their heads announce."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.recording.session import Session
from support.proxy_recording import PATIENCE, MemoryWriter, proxied, session_of
from support.raw_upstream import Raw, plain, raw

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")

FEW = 1024


@pytest.fixture
def service() -> Iterator[Raw]:
    """A service that says what the test says."""
    with raw() as made:
        yield made


@pytest.fixture
def made(service: Raw, tmp_path: Path) -> tuple[Session, MemoryWriter]:
    """A recording of few bytes a body."""
    return session_of(service.url, tmp_path, max_body=FEW)


def test_a_reply_that_is_too_large_ends_the_recording(
    service: Raw, made: tuple[Session, MemoryWriter], tmp_path: Path
) -> None:
    """The client gets a marked answer in its place, and nothing that is half recorded is written."""
    session, writer = made
    with proxied(session, tmp_path) as url:
        service.say(plain(bytes(FEW + 1), "application/octet-stream"))
        reply = httpx.get(f"{url}/api/file", timeout=PATIENCE)

    assert (reply.status_code, reply.headers["x-nemo-proxy"]) == (502, "not-recorded")
    assert "--max-body" in session.recorder.failure
    assert writer.interactions == []


JSON, FORM = "application/json", "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("kind", "content"),
    [(JSON, bytes(FEW + 1)), (FORM, bytes(FEW + 1)), (JSON, (bytes(FEW), b"more"))],
    ids=["whole", "form", "chunked"],
)
def test_a_request_that_is_too_large_is_refused(
    kind: str,
    content: bytes | tuple[bytes, ...],
    service: Raw,
    made: tuple[Session, MemoryWriter],
    tmp_path: Path,
) -> None:
    """Nothing of it is sent, and the recording goes on."""
    session, writer = made
    with proxied(session, tmp_path) as url, httpx.Client(base_url=url, timeout=PATIENCE) as http:
        refused = http.post("/api/x", content=content, headers={"Content-Type": kind})
        service.say(plain(b'{"code":0}'))
        after = http.get("/api")

    assert (refused.status_code, refused.headers["x-nemo-proxy"]) == (413, "too-large")
    assert after.json() == {"code": 0}
    assert service.request().startswith(b"GET /api ")
    assert service.asked.empty()
    assert [each.request.url for each in writer.wait()] == ["/api"]
