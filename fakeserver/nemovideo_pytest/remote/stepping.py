"""httpx transports to a fake whose clock stands: while a reply is waited for, time is moved to what comes next.

The law: whoever has waited for `PAUSE` of our seconds waits for the fake's time, and it jumps to the next moment
that somebody there waits for. A read timeout is in seconds of the fake; a silence that no time ends
breaks off after `httpx`'s own, of `REAL_SECONDS`.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from math import inf

import httpx

from nemovideo_pytest.doors.plain_http import really
from nemovideo_pytest.remote.times import Standing

PAUSE = 0.02
"""Our seconds without an answer after which time is what is missing: the fake answers in a tenth of that."""


class SteppingTransport(httpx.BaseTransport):
    """For `httpx.Client`; passes on to `inner`."""

    def __init__(self, time: Standing, inner: httpx.BaseTransport) -> None:
        self._time = time
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`, and let time pass until its reply is there."""
        patience = _patience(request)
        with _moving(self._time, patience):
            response = self._inner.handle_request(really(request))
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Stepped(response.stream, self._time, patience)
        return response

    def close(self) -> None:
        """Close the inner one."""
        self._inner.close()


class AsyncSteppingTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient`; passes on to `inner`."""

    def __init__(self, time: Standing, inner: httpx.AsyncBaseTransport) -> None:
        self._time = time
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`, and let time pass until its reply is there."""
        patience = _patience(request)
        with _moving(self._time, patience):
            response = await self._inner.handle_async_request(really(request))
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _AsyncStepped(response.stream, self._time, patience)
        return response

    async def aclose(self) -> None:
        """Close the inner one."""
        await self._inner.aclose()


class _Stepped(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, time: Standing, patience: float) -> None:
        self._inner = inner
        self._time = time
        self._patience = patience

    def __iter__(self) -> Iterator[bytes]:
        pieces = iter(self._inner)
        while True:
            with _moving(self._time, self._patience):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def close(self) -> None:
        self._inner.close()


class _AsyncStepped(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, time: Standing, patience: float) -> None:
        self._inner = inner
        self._time = time
        self._patience = patience

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = aiter(self._inner)
        while True:
            with _moving(self._time, self._patience):
                piece = await anext(pieces, None)
            if piece is None:
                return
            yield piece

    async def aclose(self) -> None:
        await self._inner.aclose()


@contextmanager
def _moving(time: Standing, patience: float) -> Iterator[None]:
    """Move time as long as this is open; raises ReadTimeout if more than `patience` has passed."""
    over = threading.Event()
    gives_up = time.now() + patience

    def move() -> None:
        while not over.wait(PAUSE) and time.now() <= gives_up:
            try:
                time.jump("next")
            except httpx.HTTPError:
                return  # who waits for the reply will be told

    mover = threading.Thread(target=move, daemon=True)
    mover.start()
    try:
        yield
    finally:
        over.set()
        mover.join()
    if time.now() > gives_up:
        raise httpx.ReadTimeout(f"no piece came for {patience:g} seconds of the service")


def _patience(request: httpx.Request) -> float:
    patience = request.extensions.get("timeout", {}).get("read")
    return inf if patience is None else float(patience)
