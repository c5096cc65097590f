"""Recordings for tests: made in memory, or taken from a fake through a transport that listens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from python_multipart.multipart import parse_options_header

from nemovideo_fakeserver.clock import Clock
from nemovideo_proxy.model import (
    Blob,
    End,
    Header,
    Interaction,
    Multipart,
    Part,
    Piece,
    Request,
    Response,
)
from nemovideo_proxy.replay.replay import Replay
from nemovideo_proxy.signature import Signature, signature_of

BASE = "http://127.0.0.1"


@dataclass(frozen=True)
class Line:
    """A line of the index."""

    number: int
    signature: Signature
    line: int


class Recording:
    """A cassette in memory. `read` counts how often an interaction was read, by number."""

    def __init__(self, interactions: Iterable[Interaction], *, recorded_at: str = "") -> None:
        self._interactions = {each.number: each for each in interactions}
        self.path = Path("session.yaml")
        self.header = Header(
            upstream="https://api.test",
            recorded_at=recorded_at or "2033-03-03T00:00:00Z",
            harness="0",
        )
        self.entries = tuple(
            Line(number, signature_of(each.request), 10 * number)
            for number, each in self._interactions.items()
        )
        self.read: dict[int, int] = {}

    def interaction(self, entry: Line) -> Interaction:
        """Read one interaction."""
        self.read[entry.number] = self.read.get(entry.number, 0) + 1
        return self._interactions[entry.number]

    def path_of(self, blob: Blob) -> Path:
        """Return where a blob lies; these have none."""
        raise AssertionError(f"{blob} was not kept")


@dataclass
class Listener(httpx.BaseTransport):
    """Passes requests on to `inner`, and records them; `clock` says when things happened."""

    inner: httpx.BaseTransport
    clock: Clock
    interactions: list[Interaction] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._begun = self.clock.now()

    def recording(self) -> Recording:
        """Return what was recorded."""
        return Recording(sorted(self.interactions, key=lambda each: each.number))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on one request."""
        request.read()
        at = self.clock.now()
        number = len(self.interactions) + 1
        self.interactions.append(
            Interaction(number=number, at=at - self._begun, request=_request(request))
        )
        response = self.inner.handle_request(request)
        heard = _Heard(self, number, at, response)
        return httpx.Response(response.status_code, headers=response.headers, stream=heard)


class _Heard(httpx.SyncByteStream):
    """A body on its way through; once it has ended the interaction is complete."""

    def __init__(self, owner: Listener, number: int, at: float, response: httpx.Response) -> None:
        self._owner, self._number, self._at, self._response = owner, number, at, response
        self._head_at = owner.clock.now() - at
        self._pieces: list[tuple[float, bytes]] = []

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._response.stream, httpx.SyncByteStream)
        end: End = "eof"
        try:
            for piece in self._response.stream:
                self._pieces.append((self._owner.clock.now() - self._at, piece))
                yield piece
        except httpx.ReadError:
            end = "reset"
            raise
        except httpx.RemoteProtocolError:
            end = "truncated"
            raise
        finally:
            self._ended(end)

    def close(self) -> None:
        assert isinstance(self._response.stream, httpx.SyncByteStream)
        self._response.stream.close()

    def _ended(self, end: End) -> None:
        response = Response(
            status=self._response.status_code,
            headers=tuple(
                (name.decode("latin-1"), value.decode())
                for name, value in self._response.headers.raw
            ),
            at=self._head_at,
            body=b"".join(data for _, data in self._pieces),
            pieces=tuple(Piece(at, len(data)) for at, data in self._pieces),
        )
        begun = self._owner.interactions[self._number - 1]
        self._owner.interactions[self._number - 1] = Interaction(
            number=self._number,
            at=begun.at,
            request=begun.request,
            response=response,
            ended=self._owner.clock.now() - self._at,
            end=end,
        )


def _request(request: httpx.Request) -> Request:
    target = request.url.raw_path.decode()
    is_asset = target.startswith("/cdn/")
    kind = request.headers.get("content-type", "")
    multipart = kind.startswith("multipart/")
    return Request(
        method=request.method,
        url=f"{request.url.scheme}://{request.url.netloc.decode()}{target}" if is_asset else target,
        headers=tuple(
            (name.decode("latin-1"), value.decode()) for name, value in request.headers.raw
        ),
        body=_multipart(kind, request.content) if multipart else request.content,
    )


def _multipart(kind: str, content: bytes) -> Multipart:
    boundary = parse_options_header(kind.encode())[1][b"boundary"].decode()
    parts = []
    for text in content.split(b"--" + boundary.encode())[1:-1]:
        head, _, body = text[2:-2].partition(b"\r\n\r\n")
        lines = [line.partition(b": ") for line in head.split(b"\r\n")]
        headers = tuple((name.decode(), value.decode()) for name, _, value in lines)
        parts.append(Part(headers=headers, body=body))
    return Multipart(boundary=boundary, parts=tuple(parts))


def exchange(
    line: str,
    said: object = None,
    *,
    token: str | None = "tok_recorded_1",
    client: str | None = None,
    body: object = None,
    at: float = 0.0,
    headers: tuple[tuple[str, str], ...] = (),
    **more: Any,
) -> Interaction:
    """Return an interaction whose number is still 0: `line` is method and URL, bodies are JSON values."""
    method, _, url = line.partition(" ")
    sent: tuple[tuple[str, str], ...] = (
        () if token is None else (("Authorization", f"Bearer {token}"),)
    )
    sent += () if client is None else (("X-Client-Id", client),)
    answer = json.dumps(said).encode()
    response = Response(
        status=200,
        headers=(("Content-Type", "application/json"), ("Content-Length", str(len(answer)))),
        body=answer,
        pieces=(Piece(0.0, len(answer)),),
    )
    return Interaction(
        **{
            "number": 0,
            "at": at,
            "request": Request(
                method=method,
                url=url,
                headers=(*sent, *headers),
                body=b"" if body is None else json.dumps(body).encode(),
            ),
            "response": response,
            **more,
        }
    )


def stream(line: str, frames: Iterable[tuple[float, bytes]], **more: Any) -> Interaction:
    """Return an interaction whose reply comes in frames: when (seconds) and what."""
    came = tuple(frames)
    response = Response(
        status=200,
        headers=(("Content-Type", "text/event-stream"),),
        body=b"".join(data for _, data in came),
        pieces=tuple(Piece(at, len(data)) for at, data in came),
    )
    last = max((at for at, _ in came), default=0.0)
    return exchange(line, response=response, **{"ended": last, **more})


def recording(*interactions: Interaction, **more: Any) -> Recording:
    """Return a cassette in memory with interactions numbered from 1."""
    numbered = (replace(each, number=number) for number, each in enumerate(interactions, 1))
    return Recording(numbered, **more)


@dataclass
class Guest:
    """A client of a replay that says exactly what it is told to; `sent` are headers of every request."""

    http: httpx.Client
    sent: dict[str, str] = field(default_factory=dict)

    def ask(self, line: str, body: object = None, **headers: str) -> httpx.Response:
        """Send one request: method and path, and a JSON body."""
        method, _, path = line.partition(" ")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.request(method, path, json=body, headers={**self.sent, **named})

    def told(self, line: str, body: object = None, **headers: str) -> Any:
        """Send one request, and return the JSON of the answer, which is no miss."""
        answer = self.ask(line, body, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def miss(self, line: str, body: object = None, **headers: str) -> dict[str, Any]:
        """Send one request that nobody recorded, and return why."""
        answer = self.ask(line, body, **headers)
        assert answer.status_code == 503, answer.text
        assert answer.headers["X-Nemo-Proxy"] == "miss"
        found: dict[str, Any] = answer.json()["miss"]
        return found


def guest(replay: Replay, token: str | None = "tok_live_1", **headers: str) -> Guest:
    """Return a client of a replay."""
    http = httpx.Client(transport=replay.transport(), base_url=BASE, timeout=None)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Guest(http, sent if token is None else {"Authorization": f"Bearer {token}", **sent})
