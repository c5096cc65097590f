"""The forms a reply's body has behind the served door, and what its connection is good for afterwards.

The bytes are written here; aiohttp only learns whether the connection goes on. It ends after a
stream, after a body that was not read, and where the client says so.
"""

from __future__ import annotations

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter

from nemovideo_fakeserver.surfaces import http1
from nemovideo_fakeserver.surfaces.aiohttp_outlet import Outlet
from nemovideo_fakeserver.surfaces.file_pieces import reading
from nemovideo_fakeserver.surfaces.framing import BODILESS, announced, with_length
from nemovideo_fakeserver.surfaces.pending import Work
from nemovideo_fakeserver.surfaces.walk import walking
from nemovideo_fakeserver.surfaces.watch import Watch
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Headers, Reply, Stream
from nemovideo_fakeserver.wire.steps import Await, Cut, Send, Until


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


def is_bodiless(request: web.BaseRequest, reply: Reply) -> bool:
    """Say whether the reply ends with its head, whatever body it has."""
    return request.method == "HEAD" or reply.status in BODILESS


async def write_whole(request: web.BaseRequest, outlet: Outlet, reply: Reply) -> Written:
    """Write a reply in one go: its head alone, or a body of bytes as well."""
    body = reply.body
    goes_on = _goes_on(request) and not isinstance(body, Stream)
    written = b"" if not isinstance(body, bytes) or is_bodiless(request, reply) else body
    await outlet.whole(reply.status, _headers(reply, goes_on=goes_on), written)
    return GOES_ON if goes_on else OVER


async def write_file(request: web.BaseRequest, outlet: Outlet, reply: Reply, file: File) -> Written:
    """Write a reply from disk."""
    goes_on = _goes_on(request)
    with reading(file) as pieces:
        await outlet.begin(reply.status, _headers(reply, goes_on=goes_on), chunked=False)
        for piece in pieces:
            await outlet.piece(piece)
    return GOES_ON if goes_on else OVER


async def write_stream(
    request: web.BaseRequest, outlet: Outlet, reply: Reply, stream: Stream, watch: Watch
) -> Written | Cut:
    """Write a reply in steps; return how it is to be broken off, if it is."""
    headers = _headers(reply, goes_on=False)
    chunked = request.version >= HttpVersion11 and announced(headers) is None
    await outlet.begin(reply.status, headers, chunked=chunked)
    view = watch.on(stream.clock)
    with walking(stream.steps) as steps:
        for step in steps:
            match step:
                case Send(File() as file):
                    with reading(file) as pieces:
                        for piece in pieces:
                            await outlet.piece(piece)
                case Send(bytes(data)):
                    await outlet.piece(data)
                case Until(deadline):
                    await view.until(deadline)
                case Await(job):
                    await Work(stream.clock, job).done()
                case Cut():
                    return step
    await outlet.end()
    return OVER


def _goes_on(request: web.BaseRequest) -> bool:
    """Say whether the connection can take another request after this one."""
    if request.version < HttpVersion11 or not request.content.is_eof():
        return False
    return bool(request.keep_alive)


def _headers(reply: Reply, *, goes_on: bool) -> Headers:
    return with_length(reply) if goes_on else (*with_length(reply), http1.CLOSE)
