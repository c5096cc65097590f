"""How long a file says it is. A container that promises more bytes than there are was cut off.

Readers are generous with such files: they show what is left. A service that stores the upload and
a render that needs it later are not helped by that, so the promise is checked before anything else.
Formats without a promise (MP3, AAC) have nothing to check; pictures are checked by decoding them.
"""

from __future__ import annotations

from typing import BinaryIO

MOST_BOXES = 10_000
"""A file of more top-level boxes than this is not walked to its end (a long live recording)."""

_STREAMED = 0x7FFF_0000
"""RIFF sizes from here on are what writers put who could not go back and fill in the true size."""


def truncated(file: BinaryIO, format: str, size: int) -> bool:  # noqa: A002 - the word of Probe
    """Say whether `file`, of `size` bytes, lacks bytes that its container promises.

    The file is left at its beginning.
    """
    promise = _PROMISES.get(format)
    missing = promise is not None and promise(file, size) > size
    file.seek(0)
    return missing


def _riff(file: BinaryIO, size: int) -> int:
    file.seek(4)
    declared = int.from_bytes(file.read(4), "little")
    return declared + 8 if declared < _STREAMED else size


def _boxes(file: BinaryIO, size: int) -> int:
    """Walk the top-level boxes of an ISO file: a size, a type, with size 1 a longer size, 0 the rest."""
    at = 0
    for _ in range(MOST_BOXES):
        if at >= size:
            break
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4])
        if length == 1:
            length = int.from_bytes(head[8:16])
        at = size if length == 0 else at + max(length, 8)
    return at


def _ebml(file: BinaryIO, size: int) -> int:
    """Return the end of the Segment, the one element that follows the header."""
    at, length = _vint(file, 4)
    start = at + (length or 0) + 4
    if start >= size:
        return start + 1
    at, declared = _vint(file, start)
    return size if declared is None else at + declared


def _vint(file: BinaryIO, at: int) -> tuple[int, int | None]:
    """Read a variable-length number; return where it ends, and None for the unknown size (all ones)."""
    file.seek(at)
    head = file.read(8)
    width = 9 - head[0].bit_length() if head and head[0] else 8
    bits = 7 * width
    value = int.from_bytes(head[:width]) & ((1 << bits) - 1)
    return at + width, None if value == (1 << bits) - 1 else value


_PROMISES = {
    **dict.fromkeys(("webp", "wav", "avi"), _riff),
    **dict.fromkeys(("webm", "mkv"), _ebml),
    **dict.fromkeys(("mp4", "mov", "m4a"), _boxes),
}
