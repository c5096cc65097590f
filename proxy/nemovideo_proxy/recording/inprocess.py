"""Recording without mitmproxy: an httpx transport around another, which writes down what passes.

with Recording("session.yaml", upstream="http://127.0.0.1:8765") as recording:
    with httpx.Client(transport=recording.transport(inner), base_url=recording.upstream) as http:
        http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})

Streams are passed on piece by piece. What the client gets is what the service sent: a client in-process that
follows a URL is recorded as well, so nothing is rewritten.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

import httpx

from nemovideo_proxy.model import End, Headers, Request
from nemovideo_proxy.places import Role
from nemovideo_proxy.recording.passing import Passing
from nemovideo_proxy.recording.plans import plan
from nemovideo_proxy.recording.recorder import Recorder
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.spending import Guard
from nemovideo_proxy.recording.tape import Tape, header_of, spool_of
from nemovideo_proxy.recording.upstream import Upstream, upstream_of
from nemovideo_proxy.redaction import Redactor, Rules
from nemovideo_proxy.replay.modes import Mode


class Recording:
    """Records into the cassette at `path`; a context manager, which ends what is underway and settles the file.

    `now` is seconds on a clock that does not go back: that of a fake, where its time is virtual. `mode` is
    `once` (raises FileExistsError where there is a cassette), `all` or `rewrite`. `recorded_at` is what the
    cassette says of when that was; None: now, by the wall clock.
    """

    def __init__(  # noqa: PLR0913 each is a setting that users name
        self,
        path: str | Path,
        *,
        upstream: str = "http://127.0.0.1",
        now: Callable[[], float] = time.monotonic,
        rules: Rules | None = None,
        mode: Mode = "once",
        notes: str = "",
        recorded_at: datetime | None = None,
    ) -> None:
        path = Path(path)
        chosen = plan(mode, path)
        if chosen.replays:
            raise FileExistsError(f"{path} is there, and mode {mode} replays it: see Replay")
        self.upstream = upstream
        service = upstream_of(upstream)
        redactor = Redactor(rules, known=known_secrets())
        header = header_of(service.origin + service.path, notes, recorded_at)
        self._tape = Tape(path, header, chosen, redactor.check)
        self._recorder = Recorder(
            writer=self._tape.writer, redactor=redactor, folder=spool_of(path), now=now
        )
        self._session = Session(upstream=service, recorder=self._recorder, guard=Guard())

    @property
    def failure(self) -> str:
        """Why this recording is not whole, in a sentence; empty as long as all that passed is written."""
        return self._recorder.failure

    def transport(self, inner: httpx.BaseTransport) -> RecordingTransport:
        """Return a transport that passes all to `inner`, and writes it down."""
        return RecordingTransport(self._session, inner)

    def async_transport(self, inner: httpx.AsyncBaseTransport) -> AsyncRecordingTransport:
        """Return a transport for asyncio that passes all to `inner`, and writes it down."""
        return AsyncRecordingTransport(self._session, inner)

    def close(self, *, well: bool = True) -> None:
        """Settle the cassette; `well` says whether one that is recorded anew replaces the old."""
        self._recorder.close()
        self._tape.end(well=well and not self._recorder.failure)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.close(well=kind is None)


class RecordingTransport(httpx.BaseTransport):
    """Made by `Recording.transport`."""

    def __init__(self, session: Session, inner: httpx.BaseTransport) -> None:
        self._session = session
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on; raises NotRecorded for what cannot be written."""
        request.read()
        passing = _passing(self._session, request)
        try:
            response = self._inner.handle_request(request)
        except httpx.TransportError as error:
            passing.end(_end_of(error))
            raise
        passing.head(*_head(response))
        if not _is_there(response, passing):
            assert isinstance(response.stream, httpx.SyncByteStream)
            response.stream = _Teed(response.stream, passing)
        return response

    def close(self) -> None:
        """Close the inner one."""
        self._inner.close()


class AsyncRecordingTransport(httpx.AsyncBaseTransport):
    """Made by `Recording.async_transport`."""

    def __init__(self, session: Session, inner: httpx.AsyncBaseTransport) -> None:
        self._session = session
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on; raises NotRecorded for what cannot be written."""
        await request.aread()
        passing = _passing(self._session, request)
        try:
            response = await self._inner.handle_async_request(request)
        except httpx.TransportError as error:
            passing.end(_end_of(error))
            raise
        passing.head(*_head(response))
        if not _is_there(response, passing):
            assert isinstance(response.stream, httpx.AsyncByteStream)
            response.stream = _AsyncTeed(response.stream, passing)
        return response

    async def aclose(self) -> None:
        """Close the inner one."""
        await self._inner.aclose()


class _Teed(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, passing: Passing) -> None:
        self._inner = inner
        self._passing = passing

    def __iter__(self) -> Iterator[bytes]:
        try:
            for data in self._inner:
                self._passing.piece(data)
                yield data
        except httpx.TransportError as error:
            self._passing.end(_end_of(error))
            raise
        self._passing.end("eof")

    def close(self) -> None:
        self._passing.end("lost")
        self._inner.close()


class _AsyncTeed(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, passing: Passing) -> None:
        self._inner = inner
        self._passing = passing

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for data in self._inner:
                self._passing.piece(data)
                yield data
        except httpx.TransportError as error:
            self._passing.end(_end_of(error))
            raise
        self._passing.end("eof")

    async def aclose(self) -> None:
        self._passing.end("lost")
        await self._inner.aclose()


def known_secrets() -> list[tuple[Role, str]]:
    """Return the secrets of the environment: they are known before anything comes in."""
    names: tuple[tuple[str, Role], ...] = (("NEMO_TOKEN", "token"), ("NEMO_CLIENT_ID", "client"))
    return [(role, value) for name, role in names if (value := os.environ.get(name))]


def _passing(session: Session, request: httpx.Request) -> Passing:
    """Begin with a request; the service is asked for plain bytes, as in the proxy."""
    recorded = _request(request, session.upstream)
    request.headers["Accept-Encoding"] = "identity"
    body = request.content
    if not (recorded.header("content-type") or "").lower().startswith("multipart/"):
        return Passing(session, replace(recorded, body=body), base="")
    passing = Passing(session, recorded, base="")
    passing.stream_up()
    passing.piece_up(body)
    passing.sent()
    return passing


def _request(request: httpx.Request, service: Upstream) -> Request:
    url = request.url
    port = url.port or (443 if url.scheme == "https" else 80)
    is_own = service.is_at(url.host, port)
    return Request(
        method=request.method,
        url=url.raw_path.decode("ascii").removeprefix(service.path) if is_own else str(url),
        headers=_headers(request.headers),
    )


def _is_there(response: httpx.Response, passing: Passing) -> bool:
    """Record a reply that is whole already, as mocks make them; nobody reads its stream again."""
    if not response.is_closed:
        return False
    assert isinstance(response.stream, httpx.ByteStream)
    for data in response.stream:
        passing.piece(data)
    passing.end("eof")
    return True


def _head(response: httpx.Response) -> tuple[int, str, str, Headers]:
    version = response.extensions.get("http_version", b"HTTP/1.1").decode("ascii")
    reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
    return response.status_code, reason, version, _headers(response.headers)


def _headers(headers: httpx.Headers) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)


def _end_of(error: httpx.TransportError) -> End:
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "truncated" if isinstance(error, httpx.RemoteProtocolError) else "reset"
