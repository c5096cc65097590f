"""The addon that gives up replies in which nothing moves.

mitmproxy itself closes the client's connection after 600 s without a byte on either side, and calls that
"Client disconnected.": no recording could tell it from a client that left. So patience must end before.
"""

from __future__ import annotations

import asyncio
import time

from mitmproxy import http

from nemovideo_proxy.mitm import sockets

LONGEST = 590.0
"""Real seconds of patience after which mitmproxy has given up itself."""


class Patience:
    """Watches the flows that are underway; `seconds` are real ones."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._moved: dict[str, tuple[http.HTTPFlow, float]] = {}
        self._gave_up: set[str] = set()
        self._watch: asyncio.Task[None] | None = None

    def moved(self, flow: http.HTTPFlow) -> None:
        """Note that something came."""
        self._moved[flow.id] = (flow, time.monotonic())

    def over(self, flow: http.HTTPFlow) -> bool:
        """Watch it no longer; says whether it was given up."""
        self._moved.pop(flow.id, None)
        gave_up = flow.id in self._gave_up
        self._gave_up.discard(flow.id)
        return gave_up

    def running(self) -> None:
        """Begin to watch."""
        self._watch = asyncio.create_task(self._look())

    def done(self) -> None:
        """Watch no longer."""
        if self._watch is not None:
            self._watch.cancel()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(min(1.0, self._seconds / 4))
            before = time.monotonic() - self._seconds
            for flow, moved in tuple(self._moved.values()):
                if moved < before:
                    self._gave_up.add(flow.id)
                    self.moved(flow)
                    sockets.close_server(flow)
