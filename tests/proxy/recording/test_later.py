"""Streams that have ended are written in a thread: nothing waits for it, and nothing is lost."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.model import Header, Interaction, Request
from nemovideo_proxy.recording.later import Later
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.recorder import Recorder
from nemovideo_proxy.redaction import Redactor

TOKEN = "nmv_usr_0123456789abcdefghijABCDEFGHIJ0123456789xyz"
OWN = "Zq8kTw3mVb7xLp"
"""A secret that nothing but its place tells."""

SSE = (("Content-Type", "text/event-stream"),)
HEADER = Header(upstream="https://api.example", recorded_at="2026-01-01T00:00:00Z", harness="0")
PATIENCE = 20.0


@dataclass
class Tape:
    """A recorder whose writing thread waits for `go`."""

    path: Path
    go: threading.Event = field(default_factory=threading.Event)
    told: list[Interaction] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        redactor = Redactor()
        writer = Writer.create(self.path, HEADER, seal=self._sealed(redactor.check))
        self.recorder = Recorder(
            writer=writer,
            redactor=redactor,
            folder=self.path.with_suffix(".spool"),
            now=time.monotonic,
            later=Later(),
            failed=self.failed.append,
        )

    def _sealed(self, check: Callable[[bytes], None]) -> Callable[[bytes], None]:
        def seal(data: bytes) -> None:
            if threading.current_thread() is not threading.main_thread():
                assert self.go.wait(PATIENCE)
            check(data)

        return seal

    def stream(self, frame: bytes) -> None:
        """Record a stream of one frame to its end."""
        exchange = self.recorder.begin(Request(method="POST", url="/run_sse"))
        exchange.head(200, "OK", "HTTP/1.1", SSE)
        exchange.data(frame)
        self.recorder.end(exchange, "eof", self.told.append)

    def ask(self, request: Request) -> None:
        """Record a reply without a body."""
        exchange = self.recorder.begin(request)
        exchange.head(204, "", "HTTP/1.1", ())
        self.recorder.end(exchange, "eof", self.told.append)

    def interactions(self) -> list[Interaction]:
        """Return what is in the cassette."""
        with Cassette.open(self.path) as cassette:
            return list(cassette)


@pytest.fixture
def tape(tmp_path: Path) -> Tape:
    """A cassette that is recorded."""
    return Tape(tmp_path / "tape.yaml")


def test_nothing_waits_for_a_stream_to_be_written(tape: Tape) -> None:
    """What comes meanwhile is written before it; until then the stream lies in a file of its own."""

    async def record() -> None:
        tape.stream(b'data: {"text":"Hello, somebody@"}\n\n')
        tape.ask(Request(method="GET", url="/healthz"))
        assert [each.number for each in tape.told] == [2]
        stream, other = tape.interactions()
        assert (stream.number, stream.end, other.number) == (1, "lost", 2)
        assert stream.response is not None
        assert stream.response.body == b'data: {"text":"Hello, somebody@"}\n\n'
        tape.go.set()
        tape.recorder.close()

    asyncio.run(record())

    assert [each.number for each in tape.told] == [2, 1]
    assert [(each.number, each.end) for each in tape.interactions()] == [(1, "eof"), (2, "eof")]


def test_a_secret_that_is_told_while_a_stream_is_written_is_not_in_it(tape: Tape) -> None:
    """The stream is redacted again, and the recording goes on."""

    async def record() -> None:
        tape.stream(b'data: {"text":"%s is it."}\n\n' % OWN.encode())
        tape.ask(Request(method="GET", url="/healthz", headers=(("X-Api-Key", OWN),)))
        tape.go.set()
        tape.recorder.close()

    asyncio.run(record())

    assert tape.failed == []
    assert len(tape.interactions()) == 2
    assert OWN.encode() not in tape.path.read_bytes()


def test_a_stream_that_cannot_be_written_ends_the_recording(
    tape: Tape, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever records is told, and nothing more is let through."""

    def refuse(_: Interaction) -> None:
        raise OSError(28, "No space left on device")

    async def record() -> None:
        failed = asyncio.get_running_loop().create_future()
        tape.recorder.failed = failed.set_result
        with monkeypatch.context() as patch:
            patch.setattr(tape.recorder.writer, "add", refuse)
            tape.go.set()
            tape.stream(b'data: {"text":"Hello."}\n\n')
            why = await asyncio.wait_for(failed, PATIENCE)
        assert why == "the cassette cannot be written: No space left on device"
        with pytest.raises(NotRecorded):
            tape.ask(Request(method="GET", url="/healthz"))
        tape.recorder.close()

    asyncio.run(record())

    assert [(each.number, each.end) for each in tape.interactions()] == [(1, "lost")]
