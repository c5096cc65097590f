"""Names that stand for addresses of this machine: nothing is asked there for a service that is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.proxy_recording import PATIENCE, MemoryWriter, proxied, session_of
from support.raw_upstream import Raw, raw

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")

HERE = "127.1"
"""What is no address to look at, and 127.0.0.1 to whoever looks it up."""


@pytest.fixture
def inner() -> Iterator[Raw]:
    """A service of this machine."""
    with raw() as made:
        yield made


@pytest.fixture
def asked(inner: Raw, tmp_path: Path) -> Iterator[tuple[str, MemoryWriter]]:
    """Where a file is to be had that a service elsewhere said is here."""
    session, writer = session_of("http://service.example", tmp_path)
    assert session.recorder.assets is not None
    with proxied(session, tmp_path) as url:
        yield session.recorder.assets.address(f"http://{HERE}:{inner.port}/secret", url), writer


def test_a_name_of_this_machine_is_not_asked(inner: Raw, asked: tuple[str, MemoryWriter]) -> None:
    """The name is looked up before anything is contacted, and the answer is marked."""
    url, writer = asked
    reply = httpx.get(url, timeout=PATIENCE)

    assert (reply.status_code, reply.headers["x-nemo-proxy"]) == (403, "refused")
    assert HERE in reply.json()["nemo_proxy"]["says"]
    (done,) = writer.wait()
    assert done.response is None
    assert inner.asked.empty()
    assert not inner.closed.is_set()


def test_a_name_that_becomes_one_of_this_machine_is_told_nothing(
    inner: Raw, asked: tuple[str, MemoryWriter], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that stood for another address when it was looked at: the connection closes without a byte."""

    async def elsewhere(*_: object) -> str:
        return ""

    monkeypatch.setattr("nemovideo_proxy.mitm.gate._inside", elsewhere)
    url, writer = asked
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(url, timeout=PATIENCE)

    assert inner.closed.wait(PATIENCE)
    assert inner.asked.empty()
    (done,) = writer.wait()
    assert (done.response, done.end) == (None, "truncated")
