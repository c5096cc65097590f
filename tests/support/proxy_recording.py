"""A recorder in a thread, with a writer that remembers and a redaction that replaces known values."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from nemovideo_proxy.model import Blob, Body, Headers, Interaction, Multipart, Request, Response
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.recorder import MAX_BODY, Recorder
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.recording.upstream import upstream_of

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


class KnownRedactor:
    """Replaces known values by as many `x`; enough to see where redaction is asked."""

    def __init__(self, *secrets: str) -> None:
        self._secrets = secrets

    def request(self, request: Request) -> Request:
        """Return it without the values."""
        return replace(
            request,
            url=self._text(request.url),
            headers=self._headers(request.headers),
            body=self._body(request.body),
        )

    def response(self, response: Response) -> Response:
        """Return it without the values."""
        body = self._body(response.body)
        assert not isinstance(body, Multipart)
        return replace(response, headers=self._headers(response.headers), body=body)

    def stream(self, content_type: str) -> KnownLive:
        """Return a stream of it."""
        return KnownLive(self)

    def opaque(self) -> KnownOpaque:
        """Return a stream of it."""
        return KnownOpaque(self)

    def cleaned(self, data: bytes) -> bytes:
        """Return data without the values."""
        for secret in self._secrets:
            data = data.replace(secret.encode(), b"x" * len(secret))
        return data

    def _text(self, text: str) -> str:
        return self.cleaned(text.encode()).decode()

    def _headers(self, headers: Headers) -> Headers:
        return tuple((name, self._text(value)) for name, value in headers)

    def _body(self, body: Body) -> Body:
        return self.cleaned(body) if isinstance(body, bytes) else body


class KnownLive:
    """Redacts pieces with their times."""

    def __init__(self, redactor: KnownRedactor) -> None:
        self._redactor = redactor

    def feed(self, at: float, data: bytes) -> Iterable[tuple[float, bytes]]:
        """Return it without the values."""
        return [(at, self._redactor.cleaned(data))]

    def finish(self) -> Iterable[tuple[float, bytes]]:
        """Nothing is held back."""
        return []


class KnownOpaque:
    """Redacts bytes."""

    def __init__(self, redactor: KnownRedactor) -> None:
        self._redactor = redactor

    def feed(self, data: bytes) -> bytes:
        """Return it without the values."""
        return self._redactor.cleaned(data)

    def finish(self) -> bytes:
        """Nothing is held back."""
        return b""


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
        redactor=KnownRedactor(*secrets),
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
    with warnings.catch_warnings():
        # mitmproxy imports ldap3, which uses what pyasn1 has deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        from nemovideo_proxy.mitm.master import Listening
        from nemovideo_proxy.mitm.running import Proxy

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
        proxy = Proxy(session, listening)
        running.append(proxy)
        session.failed = lambda _: proxy.stop()
        await proxy.run(lambda host, port: ready.set_result(f"http://{host}:{port}"))

    def target() -> None:
        try:
            asyncio.run(serve())
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
