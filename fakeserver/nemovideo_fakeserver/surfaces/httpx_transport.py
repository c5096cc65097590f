"""The in-process door: an httpx transport whose network is a brain.

Mounts wherever a transport does: in a client, under respx, below another transport. What goes wrong
inside the brain is raised to the caller as it is. A request body is the caller's own code, which may
wait on the clock: that is held only while files are looked into.
"""

from __future__ import annotations

import asyncio
from math import inf

import httpx

from nemovideo_fakeserver.surfaces.framing import BODILESS, announced, with_length
from nemovideo_fakeserver.surfaces.httpx_streams import AsyncBody, SyncBody, pieces
from nemovideo_fakeserver.surfaces.httpx_waits import awaited, awaited_sync
from nemovideo_fakeserver.surfaces.intake import has_files, inspected, open_intake
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Brain,
    Head,
    Headers,
    Reply,
    Request,
    Stream,
)


class SyncTransport(httpx.BaseTransport):
    """Answers `httpx.Client` from `brain`; `peer` is the address the client seems to come from."""

    def __init__(self, brain: Brain, *, peer: str = "127.0.0.1") -> None:
        self._brain = brain
        self._peer = peer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer `request`; a stream is read later, piece by piece."""
        head = head_of(request, self._peer)
        answer = self._brain.admit(head)
        if isinstance(answer, BodyPlan):
            answer = self._whole(head, answer, request)
        if not isinstance(answer.body, bytes):
            answer = awaited_sync(answer, _patience(request))
        return response_to(request, answer, SyncBody)

    def _whole(self, head: Head, plan: BodyPlan, request: httpx.Request) -> Reply:
        with open_intake(plan, head, self._brain.spool) as intake:
            assert isinstance(request.stream, httpx.SyncByteStream)
            for chunk in request.stream:
                intake.feed(chunk)
                if intake.refusal is not None:
                    break
            body = intake.finish()
            if has_files(body):
                with plan.clock.hold():
                    body = inspected(body, self._brain.inspect)
            return self._brain.dispatch(Request(head=head, body=body))


class AsyncTransport(httpx.AsyncBaseTransport):
    """Answers `httpx.AsyncClient` from `brain`; `peer` is the address the client seems to come from."""

    def __init__(self, brain: Brain, *, peer: str = "127.0.0.1") -> None:
        self._brain = brain
        self._peer = peer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer `request`; a stream is read later, piece by piece."""
        head = head_of(request, self._peer)
        answer = self._brain.admit(head)
        if isinstance(answer, BodyPlan):
            answer = await self._whole(head, answer, request)
        if not isinstance(answer.body, bytes):
            answer = await awaited(answer, _patience(request))
        return response_to(request, answer, AsyncBody)

    async def _whole(self, head: Head, plan: BodyPlan, request: httpx.Request) -> Reply:
        with open_intake(plan, head, self._brain.spool) as intake:
            assert isinstance(request.stream, httpx.AsyncByteStream)
            async for chunk in request.stream:
                intake.feed(chunk)
                if intake.refusal is not None:
                    break
            body = intake.finish()
            if has_files(body):
                with plan.clock.hold():
                    body = await asyncio.to_thread(inspected, body, self._brain.inspect)
            return self._brain.dispatch(Request(head=head, body=body))


def head_of(request: httpx.Request, peer: str) -> Head:
    """Return what a brain sees of `request` before its body."""
    url = request.url
    path, _, query = url.raw_path.decode("ascii").partition("?")
    return Head(
        method=request.method,
        path=path,
        query=query,
        headers=tuple(
            (name.decode("latin-1").lower(), value.decode("utf-8", "replace"))
            for name, value in request.headers.raw
        ),
        peer=peer,
        base=f"{url.scheme}://{url.netloc.decode('ascii')}",
    )


def response_to(
    request: httpx.Request, reply: Reply, kind: type[SyncBody | AsyncBody]
) -> httpx.Response:
    """Return `reply` as httpx has it; a body that is read piece by piece is of that `kind`."""
    headers = with_length(reply)
    return httpx.Response(
        reply.status,
        headers=[(name.encode("latin-1"), value.encode()) for name, value in headers],
        stream=_body(request, reply, headers, kind),
    )


def _body(
    request: httpx.Request, reply: Reply, headers: Headers, kind: type[SyncBody | AsyncBody]
) -> httpx.SyncByteStream | httpx.AsyncByteStream:
    body = reply.body
    if request.method == "HEAD" or reply.status in BODILESS:
        return httpx.ByteStream(b"")
    if isinstance(body, bytes):
        return httpx.ByteStream(body)
    assert isinstance(body, (File, Stream))
    return kind(reply, pieces(body, announced(headers), _patience(request)))


def _patience(request: httpx.Request) -> float:
    """Return the read timeout of `request` in seconds, which are virtual here."""
    patience = request.extensions.get("timeout", {}).get("read")
    return inf if patience is None else patience
