"""A request as a door hands it over, and a reply as a brain gives it back.

The conversation has two synchronous calls. `Brain.admit` sees the head alone (method, path, headers)
and answers at once where no body is needed or wanted, else says how the body is to be read.
`Brain.dispatch` sees the whole request. Neither blocks; what takes real time comes back as `Pending`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.steps import Cut, Steps

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""Header names and values in order of arrival; names in lower case in a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of a request before its body.

    `path` and `query` are raw (still percent-encoded, query without the question mark), `peer` is
    the address of the other side, `base` the public URL under which the client reached the server,
    without a trailing slash.
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    peer: str = "127.0.0.1"
    base: str = "http://127.0.0.1"

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case), or None."""
        for key, value in self.headers:
            if key == name:
                return value
        return None


MediaKind: TypeAlias = Literal["video", "image", "audio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a media file says of itself: duration in seconds, size in pixels, frames per second.

    `format` is the short name of the container as found in the content (`mp4`, `png`, ...); an
    image has no duration and no fps, audio has no size and no fps: those are 0.
    """

    kind: MediaKind
    format: str
    seconds: float = 0.0
    width: int = 0
    height: int = 0
    fps: float = 0.0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is no media we accept; `why` is one sentence for people."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a multipart body, spooled to `path`; `size` in bytes, `sha256` in hex.

    `filename` is what the client claimed (None: a plain form field) and is never used as a path.
    `probe` is None for a plain form field.
    """

    field: str
    filename: str | None
    content_type: str
    path: Path
    size: int
    sha256: str
    probe: Probe | Unreadable | None


@dataclass(frozen=True, slots=True)
class Spooled:
    """A multipart body that was written to disk while it arrived."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A body, or one file of it, that went over `limit` bytes; reading stopped at `seen`."""

    limit: int
    seen: int


@dataclass(frozen=True, slots=True)
class Malformed:
    """A body that could not be taken apart; `why` is one sentence."""

    why: str


Body: TypeAlias = bytes | Spooled | TooLarge | Malformed


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A head together with its body."""

    head: Head
    body: Body = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlan:
    """How a door is to read the body: at most `limit` bytes in all.

    With `file_limit` (bytes per file) the body is multipart and goes to disk as a `Spooled`. `clock`
    is held while files are hashed and probed.
    """

    limit: int
    clock: Clock
    file_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A reply body that comes in steps, timed by `clock`; the door closes the connection after it.

    It is chunked, unless the headers of its reply announce a `Content-Length`.
    """

    clock: Clock
    steps: Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A reply that waits for real work: hold `clock`, await `job`, then send what `resume()` gives.

    With `patience` the wait ends after so many real seconds, though the job goes on. `resume` is called
    whether the job succeeded, failed or is still at work; it looks for itself.
    """

    clock: Clock
    job: Future[Any]
    resume: Callable[[], Reply]
    patience: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """A reply that is held back: nothing of `reply` leaves before `clock` shows `until`.

    Time goes on meanwhile, and what the request set in motion with it. A reader who leaves ends only
    its own wait.
    """

    clock: Clock
    until: float
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Status, ordered headers and body.

    Headers are complete but for framing: a door adds `Content-Length` where the headers have none
    and the body's length is known (a reply to HEAD brings its own), or chunked framing for a stream.

    In the place of a body `Pending` and `Delayed` stand for another reply, which comes later, and a
    `Cut` for none: the connection breaks before a byte of a reply, and its `rest` stays unsaid.
    """

    status: int = 200
    headers: Headers = ()
    body: bytes | File | Stream | Pending | Delayed | Cut = field(default=b"")


class Brain(Protocol):
    """What stands behind a door."""

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        ...

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer from the head alone, or say how to read the body."""
        ...

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        ...

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into a spooled file. Takes real time: doors call it in a worker."""
        ...
