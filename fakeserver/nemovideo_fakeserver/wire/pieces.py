"""Bodies in parts: halves, and small pieces with time in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.steps import Send, Step, Until

PIECE = 16
"""Bytes of one drop of a reply; a file drips in as many pieces as a reply of this length would."""

DROPS = 64
"""Pieces in which a file drips."""


def length(whole: bytes | File) -> int:
    """Return the length of a body in bytes."""
    return len(whole) if isinstance(whole, bytes) else whole.length


def part(whole: bytes | File, start: int, end: int) -> bytes | File:
    """Return the bytes from `start` to `end`."""
    if isinstance(whole, bytes):
        return whole[start:end]
    end = min(end, whole.length)
    return replace(whole, start=whole.start + start, length=end - start)


def half(whole: bytes | File) -> bytes | File:
    """Return the first half of a body."""
    return part(whole, 0, length(whole) // 2)


def garbled(event: bytes) -> bytes:
    """Return an event whose JSON breaks off in the middle."""
    return event[: len(event) // 2].rstrip(b"\n") + b"\n\n"


def dripping(whole: bytes | File, seconds: float, clock: Clock) -> Iterator[Step]:
    """Yield a body in small pieces, `seconds` of virtual time apart."""
    size = length(whole)
    drop = PIECE if isinstance(whole, bytes) else max(PIECE, -(-size // DROPS))
    for start in range(0, size, drop):
        if start:
            yield Until(clock.now() + seconds)
        yield Send(part(whole, start, start + drop))
