"""Reply bodies as httpx reads them: one piece at a time, when it is asked for.

One generator decides what happens; the sync and the async body differ in how they wait. A reader who
closes early ends only its own view.

Time here is the stream's clock, and httpx's read timeout is counted on it: when a gap between two
pieces would be longer, time passes by the timeout and `httpx.ReadTimeout` is raised. A `stall` without
a read timeout raises `httpx.ReadTimeout` at once: a real client would hang for ever, a test must not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from math import inf
from typing import NoReturn, TypeAlias

import httpx

from nemovideo_fakeserver.surfaces.file_pieces import reading
from nemovideo_fakeserver.surfaces.walk import walking
from nemovideo_fakeserver.wire.messages import File, Stream
from nemovideo_fakeserver.wire.steps import Cut, Send, Until

Wait: TypeAlias = float
"""A time on the stream's clock, to be waited for before the next piece is asked for."""


def pieces(stream: Stream, patience: float) -> Generator[bytes | Wait, None, None]:
    """Yield what the reader gets, and the waits in between.

    `patience` is the read timeout in virtual seconds. Raises `httpx.ReadTimeout`, `httpx.ReadError`
    or `httpx.RemoteProtocolError` where a connection would.
    """
    now = stream.clock.now
    gives_up = now() + patience
    with walking(stream.steps) as steps:
        for step in steps:
            match step:
                case Send(data):
                    if data:
                        yield data
                        gives_up = now() + patience
                case Until(deadline):
                    yield min(deadline, gives_up)
                    if deadline > gives_up:
                        raise httpx.ReadTimeout(f"no piece came for {patience:g} virtual seconds")
                case Cut("stall"):
                    if patience < inf:
                        yield gives_up
                    raise httpx.ReadTimeout("the stream stalls for ever")
                case Cut(how):
                    _break(how)


def _break(how: str) -> NoReturn:
    if how == "reset":
        raise httpx.ReadError("the peer reset the connection")
    raise httpx.RemoteProtocolError(
        "peer closed connection without sending complete message body (incomplete chunked read)"
    )


class SyncSteps(httpx.SyncByteStream):
    """A stream for plain sync code."""

    def __init__(self, stream: Stream, patience: float) -> None:
        self._clock = stream.clock
        self._pieces = pieces(stream, patience)

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                self._clock.until_sync(piece)

    def close(self) -> None:
        """End the view."""
        self._pieces.close()


class AsyncSteps(httpx.AsyncByteStream):
    """A stream for asyncio."""

    def __init__(self, stream: Stream, patience: float) -> None:
        self._clock = stream.clock
        self._pieces = pieces(stream, patience)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                await self._clock.until(piece)

    async def aclose(self) -> None:
        """End the view."""
        self._pieces.close()


class FileBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A range of a file, read as it is asked for."""

    def __init__(self, file: File) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        with reading(self._file) as pieces:
            try:
                yield from pieces
            except EOFError as error:
                raise httpx.RemoteProtocolError(str(error)) from None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece
