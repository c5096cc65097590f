"""httpx transports that ask the till before a paid call goes out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import httpx

from nemovideo_pytest.remote.till import Till

Ended = Callable[[bool], None]
"""Is told whether a reply came to its end."""


class PayingTransport(httpx.BaseTransport):
    """For `httpx.Client`; passes on to `inner`."""

    def __init__(self, till: Till, inner: httpx.BaseTransport) -> None:
        self._till = till
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on, unless it could cost too much: the test fails then."""
        if not self._till.is_paid(request):
            return self._free(request)
        self._free(self._till.question(request)).close()
        number = self._till.let_through(request)
        try:
            response = self._inner.handle_request(request)
        except BaseException:
            self._till.ended(number, whole=False)
            raise
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Watched(
            response.stream, lambda whole: self._till.ended(number, whole=whole)
        )
        return response

    def close(self) -> None:
        """Close the inner one."""
        self._inner.close()

    def _free(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        if self._till.is_balance(request):
            assert isinstance(response.stream, httpx.SyncByteStream)
            body = b"".join(response.stream)
            response.stream.close()
            self._till.heard(request, _again(response, body))
        return response


class AsyncPayingTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient`; passes on to `inner`."""

    def __init__(self, till: Till, inner: httpx.AsyncBaseTransport) -> None:
        self._till = till
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on, unless it could cost too much: the test fails then."""
        await request.aread()
        if not self._till.is_paid(request):
            return await self._free(request)
        await (await self._free(self._till.question(request))).aclose()
        number = self._till.let_through(request)
        try:
            response = await self._inner.handle_async_request(request)
        except BaseException:
            self._till.ended(number, whole=False)
            raise
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _AsyncWatched(
            response.stream, lambda whole: self._till.ended(number, whole=whole)
        )
        return response

    async def aclose(self) -> None:
        """Close the inner one."""
        await self._inner.aclose()

    async def _free(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        if self._till.is_balance(request):
            assert isinstance(response.stream, httpx.AsyncByteStream)
            body = b"".join([piece async for piece in response.stream])
            await response.stream.aclose()
            self._till.heard(request, _again(response, body))
        return response


class _Watched(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, ended: Ended) -> None:
        self._inner = inner
        self._ended = ended
        self._whole = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner
        self._whole = True

    def close(self) -> None:
        self._inner.close()
        self._ended(self._whole)


class _AsyncWatched(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, ended: Ended) -> None:
        self._inner = inner
        self._ended = ended
        self._whole = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._inner:
            yield piece
        self._whole = True

    async def aclose(self) -> None:
        await self._inner.aclose()
        self._ended(self._whole)


def _again(response: httpx.Response, body: bytes) -> httpx.Response:
    """Let the reply be read once more, by whoever asked; return one that is read."""
    response.stream = httpx.ByteStream(body)
    return httpx.Response(response.status_code, headers=response.headers, content=body)
