"""What an MP4 file says of itself: the boxes of ISO/IEC 14496-12, read without a decoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_INSIDE = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
"""Boxes that hold boxes, on the way to what is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """Length in seconds, size in pixels, and the sample formats of its tracks, such as `avc1`."""

    seconds: float
    width: int
    height: int
    codecs: frozenset[str]


def read(content: bytes) -> Film:
    """Read the boxes; fails an assertion for what is no MP4."""
    assert content[4:8] == b"ftyp", f"no MP4 begins with {content[:12]!r}"
    found = list(_boxes(content))
    (header,) = [body for name, body in found if name == b"mvhd"]
    assert header[0] == 0, "a header of version 0 was expected"
    scale, length = int.from_bytes(header[12:16], "big"), int.from_bytes(header[16:20], "big")
    sizes = [_size(body) for name, body in found if name == b"tkhd"]
    width, height = max(sizes)
    codecs = frozenset(body[12:16].decode() for name, body in found if name == b"stsd")
    return Film(seconds=length / scale, width=width, height=height, codecs=codecs)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        assert size >= 8, f"a box {name!r} of {size} bytes is none"
        body = content[at + 8 : at + size]
        yield name, body
        if name in _INSIDE:
            yield from _boxes(body)
        at += size


def _size(track: bytes) -> tuple[int, int]:
    """Return the size in a track header of version 0: two numbers of 16.16 at its end."""
    return int.from_bytes(track[-8:-6], "big"), int.from_bytes(track[-4:-2], "big")
