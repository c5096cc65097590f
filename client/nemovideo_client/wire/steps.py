"""What a flow may ask of the world. A flow is a generator: it yields these and is sent the answers.

`drive` performs them, with httpx or with anything else; what a flow decides is so testable without
network, files or clock, as a list of (asked, answered) pairs. A driver throws `APIConnectionError`
into the flow where the network fails.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from nemovideo_client.wire.messages import Progress, Request

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Send:
    """Exchange a request for a whole answer -> `Answer`."""

    request: Request


@dataclass(frozen=True, slots=True)
class Open:
    """Send a request and read the head only -> `Answer` without body.

    `idle`: seconds of silence after which the next `Read` fails. One stream at a time; another
    `Open`, `Close` or the flow's end closes it.
    """

    request: Request
    idle: float


@dataclass(frozen=True, slots=True)
class Read:
    """Wait for the next piece of the open stream -> bytes, or None at its end."""


@dataclass(frozen=True, slots=True)
class Save:
    """Read the rest of the open stream into a file, atomically -> its size in bytes.

    Nothing is left at `path`, or what was there before, unless every byte arrived (`size` bytes,
    where that is known).
    """

    path: Path
    size: int | None = None
    progress: Progress | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Write:
    """Write a small file, atomically -> None."""

    path: Path
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Check:
    """See that a file can be written at `path` -> None; fails with UsageError."""

    path: Path


@dataclass(frozen=True, slots=True)
class Identify:
    """Ask for the client id, which may lie in a file -> str."""

    source: Callable[[], str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Close:
    """Close the open stream -> None."""


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait -> None."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Now:
    """Ask the time -> seconds since the Unix epoch."""


@dataclass(frozen=True, slots=True)
class Show:
    """Hand something to whoever reads this flow's output -> None."""

    thing: Any


@dataclass(frozen=True, slots=True)
class Alone:
    """Run a flow while no other flow of the same client runs one so -> what it returns."""

    flow: Flow[Any]


Step: TypeAlias = (
    Send | Open | Read | Save | Write | Check | Identify | Close | Sleep | Now | Show | Alone
)
Flow: TypeAlias = Generator[Step, Any, T]
