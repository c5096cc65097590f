"""A brain on a port: `async with Served(brain) as served: served.url`.

aiohttp's low-level server parses requests; routing, middleware, access log and body limits of an
`Application` are not there (the first costs as much as an answer, the last does not hold here).
"""

from __future__ import annotations

import asyncio
import errno
import logging
from typing import Self

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from nemovideo_fakeserver.surfaces.aiohttp_door import Door
from nemovideo_fakeserver.surfaces.aiohttp_request import authority
from nemovideo_fakeserver.wire.messages import Brain

BODY_PATIENCE = 60.0
"""Real seconds a request body has to arrive."""

LINGER = 2.0
"""Real seconds for which what still arrives of an unwanted body is discarded."""

BACKLOG = 4096
"""Connections that may wait to be accepted: thousands of streams may open at once."""

_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 where to reach what listens everywhere


class PortTaken(OSError):
    """The port is in use by another program."""


class Served:
    """Serves `brain` on `host`:`port` while the context is open; port 0 is a free one.

    `patience`: real seconds a request body has to arrive.
    """

    def __init__(
        self,
        brain: Brain,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        patience: float = BODY_PATIENCE,
    ) -> None:
        self._door = Door(brain, patience=patience)
        self._host = host
        self._port = port
        self._runner: web.ServerRunner | None = None

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash; its port is known once started."""
        return f"http://{authority(_ANY.get(self._host, self._host), self._port)}"

    @property
    def address(self) -> str:
        """Where it is to listen: host and port."""
        return authority(self._host, self._port)

    async def start(self) -> None:
        """Listen. Raises PortTaken, or another OSError for a host that is not ours."""
        server = web.Server(
            self._door,
            handler_cancellation=True,
            access_log=None,
            auto_decompress=False,
            lingering_time=LINGER,
            logger=_log_of_aiohttp(),
        )
        runner = web.ServerRunner(server, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port, backlog=BACKLOG).start()
        except OSError as error:
            await runner.cleanup()
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(
                    error.errno,
                    f"port {self._port} on {self._host} is taken: choose another, or 0 for a free one",
                ) from None
            raise
        self._port = runner.addresses[0][1]
        self._runner = runner

    async def close(self) -> None:
        """Break off open streams, let other requests end (for a second), and stop listening."""
        if self._runner is not None:
            self._door.replies.end_streams()
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _log_of_aiohttp() -> logging.Logger:
    log = logging.getLogger(f"{__name__}.http")
    log.addFilter(_without_trace_of_bad_requests)
    return log


def _without_trace_of_bad_requests(record: logging.LogRecord) -> bool:
    """A request that is no HTTP is the peer's affair: one line says enough."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        record.msg, record.args = "a bad request was refused: %s", (error.message,)
        record.exc_info = None
        record.levelno, record.levelname = logging.INFO, "INFO"
    return True


def new_loop() -> asyncio.AbstractEventLoop:
    """Return a new event loop for serving: uvloop's where that is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
