"""Server-Sent Events in a recorded body: each with the time when its last byte came.

Law (WHATWG): a line ends with CR LF, LF or CR; an event is over with an empty line; what is not over when the
body ends was no event. A comment is told as soon as its line is over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from nemovideo_proxy.model import Piece

_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n)")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """An event with its name, if it has any, or a comment, whose `data` is None. `at` is in seconds."""

    at: float
    data: str | None
    event: str = ""


def frames_of(body: bytes, pieces: tuple[Piece, ...]) -> Iterator[Frame]:
    """Yield the events and comments of a whole body."""
    ends = list(accumulate(piece.size for piece in pieces))
    data: list[str] = []
    event = ""
    for match in _LINE.finditer(body):
        at = _time(match.end(), ends, pieces)
        line = match[1].removeprefix(_BOM if match.start() == 0 else b"").decode("utf-8", "replace")
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if data:
                yield Frame(at=at, data="\n".join(data), event=event)
            data, event = [], ""
        elif not name:
            yield Frame(at=at, data=None)
        elif name == "data":
            data.append(value)
        elif name == "event":
            event = value


def _time(end: int, ends: list[int], pieces: tuple[Piece, ...]) -> float:
    """Return when the byte before `end` came."""
    found = bisect_left(ends, end)
    return pieces[min(found, len(pieces) - 1)].at if pieces else 0.0
