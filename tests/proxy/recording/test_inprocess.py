"""Recording in-process: what passes an httpx transport is written, at the times of the clock it is given."""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.model import Interaction
from nemovideo_proxy.recording.inprocess import Recording
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.replay.modes import Mode

BASE = "http://127.0.0.1"
MESSAGE = {"parts": [{"text": "Make a video of a lighthouse at dawn"}]}


def _read(path: Path) -> list[Interaction]:
    with Cassette.open(path) as cassette:
        return [cassette.interaction(entry) for entry in cassette.entries]


def test_a_conversation_with_the_fake_is_recorded_in_virtual_time(
    fake: Fake, tmp_path: Path
) -> None:
    """Minutes of a stream are recorded with their times, and the token is in no byte of the cassette."""
    path = tmp_path / "talk.yaml"
    with (
        Recording(path, now=fake.clock.now) as recording,
        httpx.Client(
            transport=recording.transport(fake.transport()), base_url=BASE, timeout=900
        ) as http,
    ):
        token = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "somebody-1"})
        secret = token.json()["data"]["token"]
        http.headers["Authorization"] = f"Bearer {secret}"
        task = http.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "T"})
        session = task.json()["data"]["session_id"]
        said = http.post("/run_sse", json={"session_id": session, "new_message": MESSAGE})

    turn = _read(path)[2]
    assert turn.response is not None
    assert turn.response.body == said.content
    assert turn.response.pieces[-1].at > 60
    assert secret.encode() not in path.read_bytes()


class Scripted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Says one piece, and then what it is told: nothing, or an error."""

    def __init__(self, error: httpx.TransportError | None) -> None:
        self._error = error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        return httpx.Response(
            200, headers={"Content-Type": "text/event-stream"}, stream=Pieces(self._error)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        return self.handle_request(request)


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """One piece, and an end."""

    def __init__(self, error: httpx.TransportError | None) -> None:
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        yield b"data: 1\n\n"
        if self._error is not None:
            raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


ENDS = [
    (None, "eof"),
    (httpx.RemoteProtocolError("incomplete chunked read"), "truncated"),
    (httpx.ReadError("reset"), "reset"),
    (httpx.ReadTimeout("nothing came"), "timeout"),
]


@pytest.mark.parametrize(("error", "end"), ENDS)
def test_the_end_of_a_stream_is_recorded(
    error: httpx.TransportError | None, end: str, tmp_path: Path
) -> None:
    """The exception with which a stream ends says how it ended, and what came before is kept."""
    path = tmp_path / "end.yaml"
    with (
        Recording(path, now=lambda: 0.0) as recording,
        httpx.Client(transport=recording.transport(Scripted(error)), base_url=BASE) as http,
    ):
        if error is None:
            http.get("/run_sse")
        else:
            with pytest.raises(type(error)):
                http.get("/run_sse")

    (only,) = _read(path)
    assert only.response is not None
    assert (only.end, only.response.body) == (end, b"data: 1\n\n")


def test_a_stream_that_is_closed_early_is_lost(tmp_path: Path) -> None:
    """A client that closes a stream before its end leaves it recorded as lost, up to what it had read."""
    path = tmp_path / "lost.yaml"
    with (
        Recording(path, now=lambda: 0.0) as recording,
        httpx.Client(transport=recording.transport(Scripted(None)), base_url=BASE) as http,
        http.stream("GET", "/run_sse") as reply,
    ):
        next(reply.iter_raw())

    (only,) = _read(path)
    assert only.end == "lost"


def test_asyncio_clients_are_recorded_too(tmp_path: Path) -> None:
    """The same through the asynchronous transport."""
    path = tmp_path / "aio.yaml"

    async def talk(recording: Recording) -> None:
        inner = recording.async_transport(Scripted(None))
        async with httpx.AsyncClient(transport=inner, base_url=BASE) as http:
            await http.get("/run_sse")

    with Recording(path, now=lambda: 0.0) as recording:
        asyncio.run(talk(recording))

    (only,) = _read(path)
    assert (only.number, only.end) == (1, "eof")


def _record(path: Path, url: str, *, mode: Mode = "once", fail: bool = False) -> None:
    with (
        Recording(path, now=lambda: 0.0, mode=mode) as recording,
        httpx.Client(transport=recording.transport(Scripted(None)), base_url=BASE) as http,
    ):
        http.get(url)
        if fail:
            raise ZeroDivisionError


def test_a_recording_anew_that_fails_leaves_the_old(tmp_path: Path) -> None:
    """Mode rewrite replaces a cassette only if the recording ended well."""
    path = tmp_path / "again.yaml"
    _record(path, "/old")
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        _record(path, "/new", mode="rewrite", fail=True)

    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["again.yaml"]


def test_a_recording_anew_replaces_the_old(tmp_path: Path) -> None:
    """Mode rewrite leaves only what was recorded last."""
    path = tmp_path / "again.yaml"
    _record(path, "/old")
    _record(path, "/new", mode="rewrite")

    assert [each.request.url for each in _read(path)] == ["/new"]
    assert [each.name for each in tmp_path.iterdir()] == ["again.yaml"]


def test_recording_all_appends(tmp_path: Path) -> None:
    """Mode all records behind what is there."""
    path = tmp_path / "more.yaml"
    _record(path, "/one")
    _record(path, "/two", mode="all")

    assert [(each.number, each.request.url) for each in _read(path)] == [(1, "/one"), (2, "/two")]


def test_a_secret_that_is_told_late_is_replaced_where_it_was_written(tmp_path: Path) -> None:
    """A reply says whose id stood in an earlier message: when the recording is closed, no byte of it is left."""
    path = tmp_path / "late.yaml"
    secret = "cust8842917731"
    told = iter(({"ok": True}, {"user_id": secret}))
    service = httpx.MockTransport(lambda _: httpx.Response(200, json=next(told)))
    with (
        Recording(path) as recording,
        httpx.Client(transport=recording.transport(service), base_url=BASE) as http,
    ):
        http.post("/run_sse", json={"text": f"I am {secret}, hello"})
        assert secret.encode() in path.read_bytes()
        http.get("/api/whoami")

    first, second = _read(path)
    assert secret.encode() not in path.read_bytes()
    assert isinstance(first.request.body, bytes)
    assert second.response is not None
    assert json.loads(first.request.body)["text"].split()[2].rstrip(",") in str(
        second.response.body
    )


def test_a_recording_says_the_time_it_is_given(tmp_path: Path) -> None:
    """Two recordings of a fake at its own time have the same bytes."""
    written = []
    for path in (tmp_path / "one.yaml", tmp_path / "two.yaml"):
        with Fake() as made:
            began = datetime.fromtimestamp(made.clock.now(), UTC)
            with (
                Recording(path, now=made.clock.now, recorded_at=began) as recording,
                httpx.Client(
                    transport=recording.transport(made.transport()), base_url=BASE
                ) as http,
            ):
                http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "somebody-1"})
        written.append(path.read_bytes())

    assert b'recorded_at: "2033-03-03T03:33:33Z"' in written[0]
    assert written[0] == written[1]


def test_a_service_below_a_path_is_recorded_without_it(tmp_path: Path) -> None:
    """The header says where all of it lies; requests are the same as of a service at the root."""
    path = tmp_path / "below.yaml"
    base = f"{BASE}/~mine"
    with (
        Recording(path, upstream=base, now=lambda: 0.0) as recording,
        httpx.Client(transport=recording.transport(Scripted(None)), base_url=base) as http,
    ):
        http.get("/run_sse")

    (only,) = _read(path)
    assert only.request.url == "/run_sse"
    with Cassette.open(path) as cassette:
        assert cassette.header.upstream == base


def test_a_recording_that_failed_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who caught the error can still ask; before, there is nothing to say."""
    recording = Recording(tmp_path / "full.yaml", now=lambda: 0.0)
    with httpx.Client(transport=recording.transport(Scripted(None)), base_url=BASE) as http:
        before = recording.failure
        monkeypatch.setattr(Writer, "add", _full)
        with pytest.raises(NotRecorded):
            http.get("/run_sse")
        after = recording.failure
    monkeypatch.undo()
    recording.close()

    assert (before, after) == ("", "the cassette cannot be written: No space left on device")


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
