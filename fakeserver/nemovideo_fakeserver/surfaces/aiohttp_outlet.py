"""The way out of one connection: the bytes of one reply, and the ways of breaking off.

Each piece goes to the transport at once. A peer that does not read is waited for, so that what it has
not read yet does not pile up here.
"""

from __future__ import annotations

from aiohttp import web

from nemovideo_fakeserver.surfaces import http1
from nemovideo_fakeserver.surfaces.reset import reset
from nemovideo_fakeserver.wire.messages import Headers
from nemovideo_fakeserver.wire.steps import Cut


class Outlet:
    """Writes one reply to the connection of `request`. Raises ConnectionError once the peer has left."""

    def __init__(self, request: web.BaseRequest) -> None:
        self._writer = request.writer
        self._transport = request.transport
        self._chunked = False
        self.begun = False

    async def proceed(self) -> None:
        """Tell a client that waits for it to send the body."""
        await self._writer.write(http1.CONTINUE)

    async def whole(self, status: int, headers: Headers, body: bytes) -> None:
        """Write a reply in one go."""
        head = http1.head(status, headers)
        self.begun = True
        await self._writer.write(head + body if body else head)

    async def begin(self, status: int, headers: Headers, *, chunked: bool) -> None:
        """Write the head of a reply; its body follows in pieces."""
        self._chunked = chunked
        await self.whole(status, (*headers, http1.CHUNKED) if chunked else headers, b"")

    async def piece(self, data: bytes) -> None:
        """Write one piece of the body."""
        if data:
            await self._writer.write(http1.chunk(data) if self._chunked else data)

    async def end(self) -> None:
        """Write the end of the body."""
        if self._chunked:
            await self._writer.write(http1.LAST_CHUNK)

    async def cut(self, cut: Cut) -> None:
        """Break off, after what still gets out of a piece; before the head nothing does.

        Who returns from here ends the connection (`truncated`), or first waits for the peer to leave.
        """
        transport = self._transport
        if transport is None:
            return
        if cut.rest and self.begun:
            await self._rest(cut)
        if cut.how == "reset":
            await reset(transport, self._writer.drain)
        elif cut.how != "stall":
            transport.write_eof()

    async def _rest(self, cut: Cut) -> None:
        if self._chunked and cut.how == "truncated":
            await self._writer.write(http1.broken_chunk(cut.rest))
        else:
            await self.piece(cut.rest)

    def abort(self) -> None:
        """Close the connection at once, whatever is on its way."""
        if self._transport is not None:
            self._transport.abort()
