"""What a streamed reply is made of: values a door interprets, one after the other.

A stream is an iterable of steps. Asking for the next step never blocks and never does I/O: waiting
is itself a step (`Until`, `Await`), and the door decides what waiting means (real seconds, a jump in
virtual time). A stream that ends without a `Cut` ends as HTTP says a body ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.files import File


@dataclass(frozen=True, slots=True)
class Until:
    """Go on when the clock shows `deadline` (seconds since the Unix epoch, virtual) or later."""

    deadline: float


@dataclass(frozen=True, slots=True)
class Await:
    """Go on when `job` is over, well or badly; the stream looks at its outcome itself.

    It is real work, such as another server's next bytes: the stream's clock is held meanwhile.
    """

    job: Future[Any]


@dataclass(frozen=True, slots=True)
class Send:
    """Write `data` at once, as one piece; what lies on disk in as many as it takes."""

    data: bytes | File


HowToCut: TypeAlias = Literal["truncated", "reset", "half_closed", "stall"]
"""`truncated`: close inside the body, so that the framing is visibly incomplete. `reset`: TCP RST.
`half_closed`: stop sending without finishing the body, and keep reading. `stall`: stay silent and open
until the reader leaves.
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """End the connection badly.

    `rest` is what still gets out of the piece that breaks off; a `truncated` chunk announces more. A
    reader behind the in-process door bears a `stall` on `clock`, for as long as its read timeout; a
    stream has a clock of its own, and without any it gives up at once.
    """

    how: HowToCut
    rest: bytes = b""
    clock: Clock | None = None


Step: TypeAlias = Until | Await | Send | Cut
Steps: TypeAlias = Iterable[Step]
