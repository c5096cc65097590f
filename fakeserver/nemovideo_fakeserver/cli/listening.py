"""A server that listens, or a sentence on why it cannot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from nemovideo_fakeserver.cli.failure import Failure
from nemovideo_fakeserver.surfaces.aiohttp_app import PortTaken, Served


@asynccontextmanager
async def listening(served: Served) -> AsyncIterator[Served]:
    """Serve while the context is open; raises `Failure` when the port cannot be had."""
    where = served.address
    try:
        await served.start()
    except PortTaken:
        raise Failure(
            f"cannot listen on {where}: the port is taken; choose another with --port, or --port 0"
        ) from None
    except OSError as problem:
        raise Failure(
            f"cannot listen on {where}: {problem.strerror or problem}; --host takes an address of this machine"
        ) from None
    try:
        yield served
    finally:
        await served.close()
