"""What a cassette holds: interactions, each a request and what came of it.

The law:

* A value is what crossed the wire, after transfer-decoding and redaction and before anything was
  rewritten for the client: status, reason, ordered headers, every byte of the bodies, and when each
  piece of a reply came.
* Times are seconds. `Interaction.at` counts from the beginning of the recording, everything within an
  interaction from its own `at`. They come back as they were given.
* What a value does not say did not happen: no response means that none began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""Header names and values as they were written, in order; bytes that are no ASCII as Latin-1 has them."""

End: TypeAlias = Literal["eof", "truncated", "reset", "timeout", "lost"]
"""How an exchange ended. `eof`: as HTTP says that a reply ends. `truncated`: the service closed the
connection inside the reply. `reset`: it broke the connection. `timeout`: nothing came any more, and
the proxy gave up. `lost`: the recording ended before the reply did, or the client left.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Content that lies beside the cassette, in a file named after its `sha256` (hex); `size` in bytes.

    `suffix` (`.mp4`, or empty) is for people and their programs.
    """

    sha256: str
    size: int
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.sha256 + self.suffix


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a multipart body: its header lines as they were written, and its content."""

    headers: Headers
    body: bytes | Blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Multipart:
    """A multipart body in the plain form that clients write: no preamble, no epilogue, CRLF."""

    boundary: str
    parts: tuple[Part, ...]


Body: TypeAlias = bytes | Blob | Multipart


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client sent. `url` is a path with its query, or absolute where it went to another host."""

    method: str
    url: str
    headers: Headers = ()
    body: Body = b""

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name`, in any case, or None."""
        return first(self.headers, name)


@dataclass(frozen=True, slots=True)
class Piece:
    """One chunk of a reply's body: when it came, in seconds, and its `size` in bytes."""

    at: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back. The head came `at` seconds; `pieces` cut the whole of `body` into what came at once."""

    status: int
    reason: str = ""
    version: str = "HTTP/1.1"
    headers: Headers = ()
    at: float = 0.0
    body: bytes | Blob = b""
    pieces: tuple[Piece, ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name`, in any case, or None."""
        return first(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """A request and what came of it.

    `number` counts the requests of a recording from 1. `ended` is when the exchange was over.
    """

    number: int
    at: float
    request: Request
    response: Response | None = None
    ended: float = 0.0
    end: End = "eof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a cassette says of itself.

    `upstream` is the origin that was recorded, `recorded_at` an ISO time in UTC, `harness` the version
    that wrote it. `expires_after` (days, None: never) is how long its maintainers trust it; `notes` is for
    people.
    """

    upstream: str
    recorded_at: str
    harness: str
    expires_after: float | None = None
    notes: str = ""


def first(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the first value of the header `name`, in any case, or None."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


def size(body: Body) -> int:
    """Return the length of a body in bytes; of a multipart one, that of its contents."""
    match body:
        case bytes():
            return len(body)
        case Blob():
            return body.size
        case Multipart():
            return sum(size(part.body) for part in body.parts)
