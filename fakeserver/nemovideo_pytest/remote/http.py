"""httpx transports to a service elsewhere, whose time may run faster than ours.

No connection is kept for later: the next request may come from another event loop. The machine's certificates
are read once a run, and only for an https URL. Proxies of the environment are not used.
"""

from __future__ import annotations

import ssl
from functools import cache
from urllib.parse import urlsplit

import httpx

_NOTHING_KEPT = httpx.Limits(max_keepalive_connections=0)


class Transport(httpx.BaseTransport):
    """For `httpx.Client`: reaches `url`, where `rate` seconds pass in one of ours."""

    def __init__(self, url: str, rate: float = 1.0) -> None:
        self._rate = rate
        self._inner = httpx.HTTPTransport(verify=_trust(url), limits=_NOTHING_KEPT, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; its timeouts are in seconds of the service."""
        return self._inner.handle_request(_in_our_seconds(request, self._rate))

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class AsyncTransport(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient`; see `Transport`."""

    def __init__(self, url: str, rate: float = 1.0) -> None:
        self._rate = rate
        self._inner = httpx.AsyncHTTPTransport(
            verify=_trust(url), limits=_NOTHING_KEPT, trust_env=False
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; its timeouts are in seconds of the service."""
        return await self._inner.handle_async_request(_in_our_seconds(request, self._rate))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


LEAST = 5.0
"""Our seconds that any timeout has: a network and a busy machine are as slow as ever."""


def _in_our_seconds(request: httpx.Request, rate: float) -> httpx.Request:
    timeouts = request.extensions.get("timeout", {})
    ours = {
        kind: seconds if seconds is None or rate <= 1 else max(seconds / rate, LEAST)
        for kind, seconds in timeouts.items()
    }
    return httpx.Request(
        request.method,
        request.url,
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "timeout": ours},
    )


def _trust(url: str) -> ssl.SSLContext:
    return _certificates() if urlsplit(url).scheme == "https" else _no_tls()


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@cache
def _no_tls() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
