"""httpx transports over a real network to a watched brain, on whose clock read timeouts are counted.

A reply's head never waits for virtual time, so it is waited for in real time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from math import inf

import httpx

from nemovideo_pytest.doors.pace import Pacer, Party
from nemovideo_pytest.doors.plain_http import async_connections, connections, really
from nemovideo_pytest.doors.reading import Change, Commands, Read, Wait, following, reading
from nemovideo_pytest.doors.written import TAG, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the transports of one door share."""

    pacer: Pacer
    now: Callable[[], float]
    records: dict[str, Written]

    def steps(self, request: httpx.Request, response: httpx.Response) -> Commands | None:
        """Return how to read a stream that keeps a record, and take its tag off; None for other replies."""
        number = response.headers.pop(TAG, None)
        if number is None:
            return None
        patience = request.extensions.get("timeout", {}).get("read")
        return reading(self.records.pop(number), self.now, inf if patience is None else patience)


class PacedTransport(httpx.BaseTransport):
    """For `httpx.Client`."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._inner = connections()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; no time passes before its reply begins."""
        pacer = self._link.pacer
        party = pacer.party()
        pacer.work(party)
        try:
            response = self._inner.handle_request(really(request))
        except BaseException:
            pacer.leave(party)
            raise
        pacer.pause(party)
        assert isinstance(response.stream, httpx.SyncByteStream)
        steps = self._link.steps(request, response)
        response.stream = PacedBody(response.stream, steps, pacer, party)
        return response

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class PacedBody(httpx.SyncByteStream):
    """A reply body for plain sync code; one without `steps` is read as it comes."""

    def __init__(
        self, inner: httpx.SyncByteStream, steps: Commands | None, pacer: Pacer, party: Party
    ) -> None:
        self._inner = inner
        self._steps = steps
        self._pacer = pacer
        self._party = party

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._inner) if self._steps is None else self._until_broken(self._steps)

    def _until_broken(self, steps: Commands) -> Iterator[bytes]:
        try:
            yield from self._paced(steps)
        except Exception:
            self._pacer.pause(self._party)  # who was told that it broke may sleep before closing it
            raise

    def _paced(self, steps: Commands) -> Iterator[bytes]:
        pieces, answer = iter(self._inner), None
        self._pacer.work(self._party)
        while (command := following(steps, answer)) is not None:
            answer = None
            match command:
                case Read():
                    answer = next(pieces, None)
                case Wait(deadline):
                    self._pacer.until_sync(deadline, self._party)
                case Change(wait):
                    wait()
                case piece:
                    self._pacer.pause(self._party)
                    yield piece
                    self._pacer.work(self._party)

    def close(self) -> None:
        """Leave."""
        self._pacer.leave(self._party)
        self._inner.close()


class AsyncPacedTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient`."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._inner = async_connections()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; no time passes before its reply begins, or before a plain reply is read."""
        pacer, party = self._link.pacer, Party()
        pacer.work(party)
        try:
            response = await self._inner.handle_async_request(really(request))
        except BaseException:
            pacer.leave(party)
            raise
        assert isinstance(response.stream, httpx.AsyncByteStream)
        steps = self._link.steps(request, response)
        if steps is not None:
            pacer.pause(party)
        response.stream = AsyncPacedBody(response.stream, steps, pacer, party)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class AsyncPacedBody(httpx.AsyncByteStream):
    """A reply body for asyncio; one without `steps` is read as it comes."""

    def __init__(
        self, inner: httpx.AsyncByteStream, steps: Commands | None, pacer: Pacer, party: Party
    ) -> None:
        self._inner = inner
        self._steps = steps
        self._pacer = pacer
        self._party = party

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._inner) if self._steps is None else self._until_broken(self._steps)

    async def _until_broken(self, steps: Commands) -> AsyncIterator[bytes]:
        try:
            async for piece in self._paced(steps):
                yield piece
        except Exception:
            self._pacer.pause(self._party)
            raise

    async def _paced(self, steps: Commands) -> AsyncIterator[bytes]:
        pieces, answer = aiter(self._inner), None
        self._pacer.work(self._party)
        while (command := following(steps, answer)) is not None:
            answer = None
            match command:
                case Read():
                    answer = await anext(pieces, None)
                case Wait(deadline):
                    await self._pacer.until(deadline, self._party)
                case Change(wait):
                    await asyncio.to_thread(wait)
                case piece:
                    self._pacer.pause(self._party)
                    yield piece
                    self._pacer.work(self._party)

    async def aclose(self) -> None:
        """Leave."""
        self._pacer.leave(self._party)
        await self._inner.aclose()
