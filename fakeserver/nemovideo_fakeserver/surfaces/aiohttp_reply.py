"""A reply on its way out of the served door, in whatever form its body has.

The bytes are written here; aiohttp only learns whether the connection goes on. It ends after a
stream, after a body that was not read, and where the client says so.
"""

from __future__ import annotations

import asyncio

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter

from nemovideo_fakeserver.surfaces import http1
from nemovideo_fakeserver.surfaces.aiohttp_outlet import Outlet
from nemovideo_fakeserver.surfaces.file_pieces import reading
from nemovideo_fakeserver.surfaces.framing import BODILESS, with_length
from nemovideo_fakeserver.surfaces.walk import walking
from nemovideo_fakeserver.wire.messages import File, Headers, Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Until


class Written(web.StreamResponse):
    """Tells aiohttp that the reply is written already, and whether the connection goes on."""

    def __init__(self, *, goes_on: bool) -> None:
        super().__init__()
        self._goes_on = goes_on

    @property
    def keep_alive(self) -> bool:
        """Whether the connection takes another request."""
        return self._goes_on

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter:
        """Write nothing."""
        return request.writer

    async def write_eof(self, data: bytes = b"") -> None:
        """Write nothing."""


GOES_ON = Written(goes_on=True)
OVER = Written(goes_on=False)


class Replies:
    """Writes replies, and knows which streams are open."""

    def __init__(self) -> None:
        self._streaming: set[asyncio.Task[None]] = set()

    async def write(self, request: web.BaseRequest, outlet: Outlet, reply: Reply) -> Written:
        """Write the whole of `reply`; ConnectionError when the peer leaves."""
        body = reply.body
        http11 = request.version >= HttpVersion11
        read = request.content.is_eof()
        goes_on = http11 and read and request.keep_alive and not isinstance(body, Stream)
        headers = with_length(reply) if goes_on else (*with_length(reply), http1.CLOSE)
        if request.method == "HEAD" or reply.status in BODILESS:
            await outlet.whole(reply.status, headers, b"")
        elif isinstance(body, bytes):
            await outlet.whole(reply.status, headers, body)
        elif isinstance(body, File):
            await _send_file(outlet, reply.status, headers, body)
        else:
            assert isinstance(body, Stream)
            await outlet.begin(reply.status, headers, chunked=http11)
            await self._stream(outlet, body)
        return GOES_ON if goes_on else OVER

    def end_streams(self) -> None:
        """Break off every open stream."""
        for task in self._streaming:
            task.cancel()

    async def _stream(self, outlet: Outlet, stream: Stream) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._streaming.add(task)
        try:
            how = await _walk(outlet, stream)
            await (outlet.end() if how is None else outlet.cut(how))
        finally:
            self._streaming.discard(task)


async def _walk(outlet: Outlet, stream: Stream) -> HowToCut | None:
    """Send the steps of `stream`; return how it is to be broken off, None for a proper end."""
    with stream.clock.view() as view, walking(stream.steps) as steps:
        for step in steps:
            match step:
                case Send(data):
                    await outlet.piece(data)
                case Until(deadline):
                    await view.until(deadline)
                case Cut(how):
                    return how
    return None


async def _send_file(outlet: Outlet, status: int, headers: Headers, file: File) -> None:
    with reading(file) as pieces:
        await outlet.begin(status, headers, chunked=False)
        for piece in pieces:
            await outlet.piece(piece)
