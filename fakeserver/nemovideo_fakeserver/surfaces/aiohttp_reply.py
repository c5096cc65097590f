"""A reply on its way out of the served door: waited for, written, and broken off where it says so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiohttp import web

from nemovideo_fakeserver.surfaces.aiohttp_bodies import (
    OVER,
    Written,
    is_bodiless,
    write_file,
    write_stream,
    write_whole,
)
from nemovideo_fakeserver.surfaces.aiohttp_outlet import Outlet
from nemovideo_fakeserver.surfaces.pending import ready
from nemovideo_fakeserver.surfaces.walk import let_go, waiting_for
from nemovideo_fakeserver.surfaces.watch import Watch
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Delayed,
    Reply,
    Stream,
)
from nemovideo_fakeserver.wire.steps import Cut


class Replies:
    """Writes replies, and knows which of them may have no end of their own."""

    def __init__(self) -> None:
        self._endless: set[asyncio.Task[None]] = set()

    async def write(self, request: web.BaseRequest, outlet: Outlet, reply: Reply) -> Written:
        """Write the whole of `reply`, once it is there; ConnectionError when the peer leaves."""
        if isinstance(reply.body, bytes):
            return await write_whole(request, outlet, reply)
        with Watch() as watch:
            reply = await self._ready(reply, watch)
            try:
                written = await self._write(request, outlet, reply, watch)
            finally:
                let_go(reply)
            if isinstance(written, Cut):
                return await self._cut(request, outlet, written, watch)
            return written

    def end_streams(self) -> None:
        """Break off every open stream, and whatever else need not end by itself."""
        for task in self._endless:
            task.cancel()

    async def _ready(self, reply: Reply, watch: Watch) -> Reply:
        """Return `reply` once neither work nor time is left to wait for."""
        reply = await ready(reply)
        while isinstance(body := reply.body, Delayed):
            with self._breakable(), waiting_for(reply):
                await watch.on(body.clock).until(body.until)
            reply = await ready(body.reply)
        return reply

    async def _write(
        self, request: web.BaseRequest, outlet: Outlet, reply: Reply, watch: Watch
    ) -> Written | Cut:
        body = reply.body
        if isinstance(body, Cut):
            return body
        if isinstance(body, bytes) or is_bodiless(request, reply):
            return await write_whole(request, outlet, reply)
        if isinstance(body, File):
            return await write_file(request, outlet, reply, body)
        assert isinstance(body, Stream)
        with self._breakable():
            return await write_stream(request, outlet, reply, body, watch)

    async def _cut(
        self, request: web.BaseRequest, outlet: Outlet, cut: Cut, watch: Watch
    ) -> Written:
        """Break the connection, and stay for as long as it is up to the peer to end it."""
        with self._breakable():
            await outlet.cut(cut)
            watch.close()
            if cut.how in ("half_closed", "stall"):
                await _until_left(request)
        return OVER

    @contextmanager
    def _breakable(self) -> Iterator[None]:
        """Let `end_streams` break off what the running task does."""
        task = asyncio.current_task()
        assert task is not None
        self._endless.add(task)
        try:
            yield
        finally:
            self._endless.discard(task)


async def _until_left(request: web.BaseRequest) -> None:
    """Discard what still arrives, until this task is cancelled because the peer has left."""
    with suppress(web.RequestPayloadError):
        while await request.content.readany():
            pass
    await asyncio.get_running_loop().create_future()
