"""One request on its way to the target, and what has come back of its reply so far."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx

from nemovideo_proxy.drift.pace import Pace
from nemovideo_proxy.model import End, Headers, Interaction, Piece, Request, Response

_OURS = frozenset(
    ("host", "content-length", "transfer-encoding", "connection", "accept-encoding", "te", "expect")
)
"""Headers that say how this connection works, not what is asked."""

_CREDENTIALS = frozenset(("authorization", "cookie", "x-api-key", "x-client-id"))


@dataclass(slots=True)
class Exchange:
    """A request that was sent, and what has come back of its reply."""

    recorded: Interaction
    request: Request
    begun: float
    came: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    heard: int = 0
    unreachable: str = ""
    _end: End = "eof"
    _head: tuple[Any, httpx.Response] | None = None
    _chunks: list[tuple[Any, bytes]] = field(default_factory=list)
    _ended: Any = None
    _task: asyncio.Task[None] | None = None

    def start(self, http: httpx.AsyncClient, sent: httpx.Request, pace: Pace) -> None:
        """Send it."""
        self._task = asyncio.get_running_loop().create_task(self._run(http, sent, pace))

    async def leave(self, end: End) -> None:
        """Stop reading; what came so far is the reply, which ended as `end` says."""
        if self._task is None or self.done.is_set():
            return
        self._end = end
        self._task.cancel()
        await self.done.wait()

    async def _run(self, http: httpx.AsyncClient, sent: httpx.Request, pace: Pace) -> None:
        try:
            await self._read(http, sent, pace)
        except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
            self.unreachable = str(problem) or "no connection"
            self._end = "reset"
        except httpx.RemoteProtocolError:
            self._end = "truncated" if self._head else "reset"
        except httpx.RequestError:
            self._end = "reset"
        finally:
            self._ended = pace.stamp()
            self.came.set()
            self.done.set()

    async def _read(self, http: httpx.AsyncClient, sent: httpx.Request, pace: Pace) -> None:
        response = await http.send(sent, stream=True)
        try:
            self._head = pace.stamp(), response
            self.heard += 1
            self.came.set()
            async for chunk in response.aiter_bytes():
                self._chunks.append((pace.stamp(), chunk))
                self.heard += 1
        finally:
            await response.aclose()

    def result(self, pace: Pace) -> Interaction:
        """Return what came back, once it is done."""
        return Interaction(
            number=self.recorded.number,
            at=self.begun,
            request=self.request,
            response=self._response(pace),
            ended=pace.time_of(self._ended) - self.begun,
            end=self._end,
        )

    def _response(self, pace: Pace) -> Response | None:
        if self._head is None:
            return None
        stamp, head = self._head
        headers: Headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw
        )
        return Response(
            status=head.status_code,
            reason=head.reason_phrase,
            version=head.http_version,
            headers=headers,
            at=pace.time_of(stamp) - self.begun,
            body=b"".join(chunk for _, chunk in self._chunks),
            pieces=tuple(
                Piece(pace.time_of(stamp) - self.begun, len(chunk)) for stamp, chunk in self._chunks
            ),
        )


def request_of(request: Request, base: str, content: bytes) -> httpx.Request:
    """Return a request as httpx sends it to `base`: nothing added but what the connection needs.

    What goes to another host takes no credentials there.
    """
    is_elsewhere = "://" in request.url.partition("?")[0]
    url = request.url if is_elsewhere else base.rstrip("/") + request.url
    left_out = _OURS
    if is_elsewhere and not url.startswith(base.rstrip("/") + "/"):
        left_out |= _CREDENTIALS
    headers = [
        (name.encode("latin-1"), value.encode("latin-1"))
        for name, value in request.headers
        if name.lower() not in left_out
    ]
    has_body = request.method not in {"GET", "HEAD"} or content
    # packed replies would have to be unpacked before they are compared
    headers.append((b"Accept-Encoding", b"identity"))
    return httpx.Request(
        request.method, url, headers=headers, content=content if has_body else None
    )
