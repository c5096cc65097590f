"""Reply bodies as httpx reads them: one piece at a time, when it is asked for.

One generator decides what happens; the sync and the async body differ in how they wait. A reader who
closes early ends only its own view.

Time here is the stream's clock, and httpx's read timeout is counted on it: when a gap between two
pieces would be longer, time passes by the timeout and `httpx.ReadTimeout` is raised. A `stall` without
a read timeout raises `httpx.ReadTimeout` at once: a real client would hang for ever, a test must not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import NoReturn, TypeAlias

import httpx

from nemovideo_fakeserver.wire.messages import File, Stream
from nemovideo_fakeserver.wire.steps import Cut, Send, Until

FILE_PIECE = 256 * 2**10
"""Bytes of a file read at once."""

Wait: TypeAlias = float
"""A time on the stream's clock to wait for before asking for the next piece."""


def pieces(stream: Stream, patience: float | None) -> Iterator[bytes | Wait]:
    """Yield what the reader gets, and the waits in between.

    `patience` is the read timeout in virtual seconds. Raises `httpx.ReadTimeout`, `httpx.ReadError`
    or `httpx.RemoteProtocolError` as a connection would.
    """
    now = stream.clock.now
    gives_up = _after(patience, now())
    for step in stream.steps:
        match step:
            case Send(data):
                if data:
                    yield data
                    gives_up = _after(patience, now())
            case Until(deadline):
                yield min(deadline, gives_up)
                if deadline > gives_up:
                    raise httpx.ReadTimeout(f"nothing came for {patience:g} virtual seconds")
            case Cut("stall"):
                if patience is not None:
                    yield gives_up
                raise httpx.ReadTimeout("the stream stalls for ever")
            case Cut(how):
                _break(how)


def _after(patience: float | None, now: float) -> float:
    return float("inf") if patience is None else now + patience


def _break(how: str) -> NoReturn:
    if how == "reset":
        raise httpx.ReadError("connection reset by peer")
    raise httpx.RemoteProtocolError(
        "peer closed connection without sending complete message body (incomplete chunked read)"
    )
