"""A target that answers as it was recorded, but for what a test changes, in virtual time and without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.drift.pace import FakePace
from nemovideo_proxy.drift.targets import Target
from nemovideo_proxy.drift.verdict import Verdict
from nemovideo_proxy.drift.verifying import verified
from nemovideo_proxy.model import Interaction

Altered = Callable[[Interaction], Interaction | Exception]


class Mirror(httpx.AsyncBaseTransport):
    """Answers the nth request with the nth interaction, altered; an exception is raised instead of a reply."""

    def __init__(self, interactions: list[Interaction], altered: Altered) -> None:
        self._left = [altered(interaction) for interaction in interactions]
        self.now = 0.0
        self.waiting: list[tuple[float, asyncio.Event]] = []
        self.seen: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        await request.aread()
        self.seen.append(request)
        reply = self._left.pop(0)
        if isinstance(reply, Exception):
            raise reply
        response = reply.response
        if response is None:
            await self.wait(self.now + 1e9)
            raise httpx.ReadError("nothing came")
        await self.wait(self.now + response.at)
        return httpx.Response(
            response.status,
            headers=list(response.headers),
            stream=_Body(self, reply),
            extensions={"reason_phrase": b"", "http_version": b"HTTP/1.1"},
        )

    async def wait(self, due: float) -> None:
        """Wait until time is moved to `due`."""
        if due <= self.now:
            return
        event = asyncio.Event()
        self.waiting.append((due, event))
        await event.wait()

    async def moved(self, how: float | str) -> float:
        """Move time, and let go whatever is then due."""
        if how == "next":
            within = [due for due, _ in self.waiting if due < 1e9]
            self.now = max(self.now, min(within, default=self.now))
        else:
            self.now += float(how)
        for entry in sorted(self.waiting, key=lambda entry: entry[0]):
            if entry[0] <= self.now:
                self.waiting.remove(entry)
                entry[1].set()
        return self.now


class _Body(httpx.AsyncByteStream):
    def __init__(self, mirror: Mirror, reply: Interaction) -> None:
        self._mirror, self._reply = mirror, reply

    async def __aiter__(self) -> AsyncIterator[bytes]:
        response, mirror = self._reply.response, self._mirror
        assert response is not None
        assert isinstance(response.body, bytes)
        begun, at = mirror.now - response.at, 0
        for piece in response.pieces:
            await mirror.wait(begun + piece.at)
            yield response.body[at : at + piece.size]
            at += piece.size
        await mirror.wait(begun + self._reply.ended)
        if self._reply.end == "truncated":
            raise httpx.RemoteProtocolError("incomplete chunked read")
        if self._reply.end == "reset":
            raise httpx.ReadError("reset")


def mirrored(recording: Recording, altered: Altered = lambda i: i, **others: object) -> Verdict:
    """Verify a recording against its mirror."""
    return asyncio.run(_verified(recording, Mirror(list(recording.interactions), altered), others))


async def _verified(recording: Recording, mirror: Mirror, others: dict[str, object]) -> Verdict:
    return await verified(recording, target_of(mirror), **others)  # type: ignore[arg-type]  # known, lines


@asynccontextmanager
async def target_of(mirror: Mirror, token: str | None = None) -> AsyncIterator[Target]:
    """Give a mirror as a target that is moved like a fake."""

    async def settle() -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    async with httpx.AsyncClient(transport=mirror) as http:
        yield Target(
            base="http://127.0.0.1",
            http=http,
            pace=FakePace(mirror.moved, 0.0, settle=settle, patience=0.2, head_patience=0.2),
            token=token,
            anew=lambda _, value: value,
        )
