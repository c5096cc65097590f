"""Real connections to a port of this machine.

Those for asyncio end with their replies: nothing is left over that only a running loop could close.
"""

from __future__ import annotations

import ssl

import httpx

from nemovideo_pytest.doors.written import REAL_SECONDS

_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Reading the machine's certificates takes longer than a test."""

_NONE_IDLE = httpx.Limits(max_keepalive_connections=0)


def connections() -> httpx.HTTPTransport:
    """Return httpx's own transport."""
    return httpx.HTTPTransport(verify=_NO_TLS)


def async_connections() -> httpx.AsyncHTTPTransport:
    """Return httpx's own transport for asyncio."""
    return httpx.AsyncHTTPTransport(verify=_NO_TLS, limits=_NONE_IDLE)


def really(request: httpx.Request) -> httpx.Request:
    """Return `request` with timeouts in real time."""
    timeouts = httpx.Timeout(REAL_SECONDS).as_dict()
    return httpx.Request(
        request.method,
        request.url,
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "timeout": timeouts},
    )


class PlainTransport(httpx.BaseTransport):
    """For `httpx.Client`, where time runs: no wait there takes long, so all timeouts are generous."""

    def __init__(self) -> None:
        self._inner = connections()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`."""
        return self._inner.handle_request(really(request))

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class AsyncPlainTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient`."""

    def __init__(self) -> None:
        self._inner = async_connections()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`."""
        return await self._inner.handle_async_request(really(request))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()
