"""Uploads that are the same bytes in every recording: what parts their fields is drawn by chance otherwise.

The boundary of httpx is 32 random hexadecimal digits. In its place comes one of the same length that rests on the
content alone; a boundary that somebody chose stays.
"""

from __future__ import annotations

import re
from hashlib import sha256

import httpx

_DRAWN = re.compile(r"(multipart/form-data; *boundary=)([0-9a-f]{32})")


class SteadyTransport(httpx.BaseTransport):
    """For `httpx.Client`; passes on to `inner`."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on."""
        if _drawn(request):
            request.read()
        return self._inner.handle_request(steady(request))

    def close(self) -> None:
        """Close the inner one."""
        self._inner.close()


class AsyncSteadyTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient`; passes on to `inner`."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on."""
        if _drawn(request):
            await request.aread()
        return await self._inner.handle_async_request(steady(request))

    async def aclose(self) -> None:
        """Close the inner one."""
        await self._inner.aclose()


def steady(request: httpx.Request) -> httpx.Request:
    """Return a request that is read with a boundary that rests on its content; any other as it is."""
    old = _drawn(request)
    if not old:
        return request
    body = request.content
    new = sha256(body.replace(old, b"")).hexdigest()[: len(old)]
    headers = [
        (name, value.replace(old, new.encode()) if name.lower() == b"content-type" else value)
        for name, value in request.headers.raw
    ]
    return httpx.Request(
        request.method,
        request.url,
        headers=headers,
        content=body.replace(old, new.encode()),
        extensions=request.extensions,
    )


def _drawn(request: httpx.Request) -> bytes:
    found = _DRAWN.fullmatch(request.headers.get("content-type", ""))
    return found[2].encode() if found else b""
