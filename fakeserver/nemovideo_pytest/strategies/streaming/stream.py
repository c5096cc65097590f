"""A whole stream: its bytes in pieces with the gaps between them, what it tells, and how it ends.

httpx reads it as it reads a real one: with the gaps, and with the exception that fits the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from nemovideo_pytest.strategies.streaming.telling import Told

if TYPE_CHECKING:
    import httpx

End: TypeAlias = Literal["closed", "reset", "truncated", "half_closed", "stall"]
ENDS: tuple[End, ...] = ("closed", "reset", "truncated", "half_closed", "stall")
"""`closed` is the documented end. The others are those of `docs/faults.md`."""

_WORDS: dict[End, str] = {
    "reset": "Connection reset by peer",
    "truncated": "peer closed connection without sending complete message body",
    "half_closed": "peer closed connection without sending complete message body",
    "stall": "The read operation timed out",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that come `after` so many seconds of silence."""

    after: float
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStream:
    """A stream as it comes over the wire.

    `payloads` are the data of its events, which any reader of Server-Sent Events must find; `told` is what
    they tell; `unfinished`: behind the last event there is the beginning of one, which tells nothing.
    """

    told: Told
    pieces: tuple[Piece, ...]
    payloads: tuple[str, ...]
    end: End = "closed"
    unfinished: bool = False

    @property
    def data(self) -> bytes:
        """All its bytes."""
        return b"".join(piece.data for piece in self.pieces)

    @property
    def lasts(self) -> float:
        """How many seconds of silence there are in all."""
        return sum(piece.after for piece in self.pieces)

    def read(
        self,
        chunks: Iterable[bytes] | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> Iterator[bytes]:
        """Yield the bytes, in `chunks` of one's own or in pieces with their gaps, told to `sleep`.

        Ends as the stream does: raises httpx.ReadError, RemoteProtocolError or ReadTimeout.
        """
        if chunks is not None:
            yield from chunks
        for piece in self.pieces if chunks is None else ():
            if sleep is not None and piece.after:
                sleep(piece.after)
            yield piece.data
        self._break()

    def _break(self) -> None:
        import httpx

        match self.end:
            case "reset":
                raise httpx.ReadError(_WORDS[self.end])
            case "truncated" | "half_closed":
                raise httpx.RemoteProtocolError(_WORDS[self.end])
            case "stall":
                raise httpx.ReadTimeout(_WORDS[self.end])

    def response(
        self,
        chunks: Iterable[bytes] | None = None,
        sleep: Callable[[float], object] | None = None,
    ) -> httpx.Response:
        """Return the stream as httpx has it, for `httpx.MockTransport` or for a reader of responses."""
        import httpx

        head = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=head, content=self.read(chunks, sleep))
