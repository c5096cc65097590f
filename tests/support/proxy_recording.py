"""A recorder in a thread, with a writer that remembers."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nemovideo_proxy.model import Blob, Headers, Interaction, Request
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.recorder import MAX_BODY, Recorder
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.recording.upstream import upstream_of
from nemovideo_proxy.redaction import Redactor

PATIENCE = 20.0
"""Real seconds after which something that does not come is a failure."""


@dataclass
class MemoryOpening:
    """What was said of an exchange while it was underway."""

    number: int
    request: Request
    heads: list[tuple[int, float]] = field(default_factory=list)
    pieces: list[tuple[float, bytes]] = field(default_factory=list)
    dropped: bool = False

    def head(self, status: int, reason: str, version: str, headers: Headers, at: float) -> None:
        """Note the head."""
        self.heads.append((status, at))

    def piece(self, at: float, data: bytes) -> None:
        """Note a piece."""
        self.pieces.append((at, data))

    def drop(self) -> None:
        """Note the end."""
        self.dropped = True


class MemoryWriter:
    """Remembers what is written; `refuses` is raised instead, once set."""

    def __init__(self, folder: Path) -> None:
        self.openings: list[MemoryOpening] = []
        self.interactions: list[Interaction] = []
        self.files: dict[str, bytes] = {}
        self.refuses: Exception | None = None
        self.closed = False
        self.added = threading.Condition()
        self._numbers = iter(range(1, 10_000))

    def next_number(self) -> int:
        """Count."""
        return next(self._numbers)

    def begin(self, number: int, at: float, request: Request) -> MemoryOpening:
        """Note a beginning."""
        self._refuse()
        self.openings.append(MemoryOpening(number, request))
        return self.openings[-1]

    def add(self, interaction: Interaction) -> None:
        """Note an interaction."""
        self._refuse()
        with self.added:
            self.interactions.append(interaction)
            self.added.notify_all()

    def keep(self, path: Path, suffix: str) -> Blob:
        """Remember a file."""
        content = path.read_bytes()
        path.unlink()
        return self.keep_bytes(content, suffix)

    def keep_bytes(self, content: bytes, suffix: str) -> Blob:
        """Remember content."""
        blob = Blob(sha256=hashlib.sha256(content).hexdigest(), size=len(content), suffix=suffix)
        self.files[blob.name] = content
        return blob

    def mend(self, *_: object) -> None:
        """Mend nothing."""

    def close(self) -> None:
        """Note the end."""
        self.closed = True

    def wait(self, count: int = 1) -> list[Interaction]:
        """Return the interactions once there are `count`."""
        with self.added:
            assert self.added.wait_for(lambda: len(self.interactions) >= count, PATIENCE)
            return list(self.interactions)

    def _refuse(self) -> None:
        if self.refuses is not None:
            raise self.refuses


def session_of(
    url: str,
    folder: Path,
    *,
    secrets: tuple[str, ...] = (),
    guard: Guard | None = None,
    rate: float = 1.0,
    max_body: int = MAX_BODY,
    patience: float = 330.0,
) -> tuple[Session, MemoryWriter]:
    """Return a session that records `url` in memory."""
    service, writer = upstream_of(url), MemoryWriter(folder)
    recorder = Recorder(
        writer=writer,
        redactor=Redactor(known=[("token", secret) for secret in secrets]),
        folder=folder / "spool",
        now=time.monotonic,
        assets=Assets(service.origin),
        rate=rate,
        max_body=max_body,
    )
    session = Session(
        upstream=service, recorder=recorder, guard=guard or Guard(), patience=patience
    )
    return session, writer


@contextmanager
def proxied(session: Session, folder: Path, *, mode: str | None = None) -> Iterator[str]:
    """Run a recorder in a thread; gives its URL."""
    from nemovideo_proxy.mitm.loops import new_loop
    from nemovideo_proxy.mitm.master import Listening
    from nemovideo_proxy.mitm.running import Proxy, recording_addons

    listening = Listening(
        host="127.0.0.1",
        port=0,
        mode=mode or f"reverse:{session.upstream.origin}",
        ca_dir=folder / "ca",
        upstream_ca=session.ca_file,
        max_body=session.recorder.max_body,
    )
    ready: Future[str] = Future()
    running: list[Proxy] = []

    async def serve() -> None:
        proxy = Proxy(recording_addons(session), listening)
        running.append(proxy)
        session.failed = lambda _: proxy.stop()
        await proxy.run(lambda host, port: ready.set_result(f"http://{host}:{port}"))

    def target() -> None:
        try:
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(serve())
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise

    thread = threading.Thread(target=target)
    thread.start()
    try:
        yield ready.result(PATIENCE)
    finally:
        running[0].stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()
