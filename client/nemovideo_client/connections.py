"""The httpx client behind ours: the one given, or one that is made when it is first needed.

Making one loads the certificates of the machine, which takes longer than everything else a client does
before its first request.
"""

from __future__ import annotations

import threading

import httpx


class Connections:
    """Holds an `httpx.Client`; only one made here is closed here."""

    def __init__(self, given: httpx.Client | None) -> None:
        self._given = given
        self._made: httpx.Client | None = None
        self._lock = threading.Lock()

    def client(self) -> httpx.Client:
        """Return the client."""
        if self._given is not None:
            return self._given
        with self._lock:
            if self._made is None:
                self._made = httpx.Client()
            return self._made

    def close(self) -> None:
        """Close what was made."""
        if self._made is not None:
            self._made.close()


class AsyncConnections:
    """Holds an `httpx.AsyncClient`; only one made here is closed here."""

    def __init__(self, given: httpx.AsyncClient | None) -> None:
        self._given = given
        self._made: httpx.AsyncClient | None = None

    def client(self) -> httpx.AsyncClient:
        """Return the client."""
        if self._given is not None:
            return self._given
        if self._made is None:
            self._made = httpx.AsyncClient()
        return self._made

    async def aclose(self) -> None:
        """Close what was made."""
        if self._made is not None:
            await self._made.aclose()
