"""Reply bodies as httpx reads them: one piece at a time, when it is asked for.

One generator decides what happens; the sync and the async body differ in how they wait. A reader who
closes early ends only its own view.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import closing
from typing import TypeAlias

import httpx

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.surfaces.file_pieces import reading
from nemovideo_fakeserver.surfaces.httpx_silence import NO_LAST_CHUNK, Silence, Wait
from nemovideo_fakeserver.surfaces.pending import Work
from nemovideo_fakeserver.surfaces.walk import let_go, walking
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Reply, Stream
from nemovideo_fakeserver.wire.steps import Await, Cut, Send, Until

Pieces: TypeAlias = Generator[bytes | Wait | Work, None, None]
"""What a reader gets, and the waits in between."""


def pieces(body: Stream | File, length: int | None, patience: float) -> Pieces:
    """Yield the pieces of `body`, of which its reader was told that they are `length` bytes.

    `patience` is the read timeout in virtual seconds. Raises `httpx.ReadTimeout`, `httpx.ReadError`
    or `httpx.RemoteProtocolError` where a connection would.
    """
    silence = Silence(patience)
    made = _streamed(body, silence) if isinstance(body, Stream) else _filed(body)
    return made if length is None else _counted(made, length)


def _streamed(stream: Stream, silence: Silence) -> Pieces:
    with walking(stream.steps) as steps:
        for step in steps:
            match step:
                case Send(File() as file):
                    yield from _filed(file)
                    silence.end()
                case Send(bytes(data)):
                    if data:
                        yield data
                        silence.end()
                case Until(deadline):
                    yield from silence.until(stream.clock, deadline)
                case Await(job):
                    yield Work(stream.clock, job)
                case Cut():
                    yield from _cut(step, stream.clock, silence)


def _filed(file: File) -> Pieces:
    with reading(file) as read:
        yield from read


def _cut(cut: Cut, clock: Clock | None, silence: Silence) -> Pieces:
    if cut.rest:
        yield cut.rest
        silence.end()
    yield from silence.broken(cut, clock, NO_LAST_CHUNK)


def _counted(made: Pieces, length: int) -> Pieces:
    """Yield the first `length` bytes of what is `made`: a reader who was told of them hears no more."""
    left = length
    with closing(made):
        try:
            while left and (piece := next(made, None)) is not None:
                heard = piece[:left] if isinstance(piece, bytes) else piece
                left -= len(heard) if isinstance(heard, bytes) else 0
                yield heard
        except EOFError as error:
            raise httpx.RemoteProtocolError(str(error)) from None
        except httpx.RemoteProtocolError:
            pass  # it knows less than is said below
    if left:
        raise httpx.RemoteProtocolError(
            "peer closed connection without sending complete message body"
            f" (received {length - left} bytes, expected {length})"
        )


class SyncBody(httpx.SyncByteStream):
    """The body of `reply` for plain sync code."""

    def __init__(self, reply: Reply, made: Pieces) -> None:
        self._reply = reply
        self._pieces = made

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            elif isinstance(piece, Work):
                piece.done_sync()
            else:
                clock, moment = piece
                clock.until_sync(moment)

    def close(self) -> None:
        """End the view."""
        self._pieces.close()
        let_go(self._reply)


class AsyncBody(httpx.AsyncByteStream):
    """The body of `reply` for asyncio."""

    def __init__(self, reply: Reply, made: Pieces) -> None:
        self._reply = reply
        self._pieces = made

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            elif isinstance(piece, Work):
                await piece.done()
            else:
                clock, moment = piece
                await clock.until(moment)

    async def aclose(self) -> None:
        """End the view."""
        self._pieces.close()
        let_go(self._reply)
