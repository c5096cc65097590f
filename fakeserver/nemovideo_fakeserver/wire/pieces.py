"""Bodies in parts: halves, drops, and events that are no JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nemovideo_fakeserver.wire.files import File

PIECE = 16
"""Bytes of one drop of a reply."""

DROPS = 64
"""Drops in which a body comes that would be too long for drops of `PIECE` bytes."""

_DATA = b"data:"


def length(whole: bytes | File) -> int:
    """Return the length of a body in bytes."""
    return len(whole) if isinstance(whole, bytes) else whole.length


def part(whole: bytes | File, start: int, end: int) -> bytes | File:
    """Return the bytes from `start` to `end`, which lie within the body."""
    if isinstance(whole, bytes):
        return whole[start:end]
    return replace(whole, start=whole.start + start, length=end - start)


def half(whole: bytes | File) -> bytes | File:
    """Return the first half of a body."""
    return part(whole, 0, length(whole) // 2)


def drop(whole: bytes | File) -> int:
    """Return how many bytes of a body come at once when it drips."""
    return max(PIECE, -(-length(whole) // DROPS))


def drops(data: bytes) -> Iterator[bytes]:
    """Yield the drops of bytes, of which there are some."""
    size = drop(data)
    return (data[start : start + size] for start in range(0, len(data), size))


def garbled(event: bytes) -> bytes:
    """Return an event whose data are the first half of what they were, or of an object where they were none.

    No character is cut in two: the data are text, and no JSON.
    """
    data = event.removeprefix(_DATA).strip() or b"{}"
    cut = data[: max(1, len(data) // 2)].decode("utf-8", "ignore").encode()
    return _DATA + b" " + cut + b"\n\n"
