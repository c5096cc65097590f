"""Small media files of our own, in place of those that a skill names."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

SECONDS = 4
RATE = 8000
"""Samples of sound in a second."""

WIDTH, HEIGHT, FRAMES_A_SECOND = 64, 36, 5
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "bmp"})
SOUNDS = frozenset({"mp3", "wav", "m4a", "aac", "ogg", "flac"})
_HINTS = (
    ("png", ("photo", "image", "picture", "img", "cover", "logo")),
    ("wav", ("audio", "sound", "song", "music", "voice", "track")),
)


def kind(name: str) -> str:
    """Return the type of file to make for a name or a path: png, wav or avi."""
    ending = name.rpartition(".")[2].lower()
    if ending in PICTURES:
        return "png"
    if ending in SOUNDS:
        return "wav"
    return next((made for made, hints in _HINTS if any(h in name.lower() for h in hints)), "avi")


def make(folder: Path, name: str) -> Path:
    """Write a file of the type that a name speaks of, and return its path."""
    made = kind(name)
    path = folder / f"clip.{made}"
    if not path.exists():
        path.write_bytes({"png": picture, "wav": sound, "avi": video}[made]())
    return path


def picture() -> bytes:
    """Return a PNG of one colour."""
    rows = b"".join(b"\0" + b"\x14\x6e\xaa" * WIDTH for _ in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def sound() -> bytes:
    """Return a WAV of a few seconds of a square wave, 200 times a second."""
    wave = (b"\x60" * 20 + b"\xa0" * 20) * (RATE * SECONDS // 40)
    return _chunk(
        b"RIFF",
        b"WAVE"
        + _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, RATE, 1, 8))
        + _chunk(b"data", wave),
    )


def video() -> bytes:
    """Return an AVI of a few seconds, whose pictures nobody has compressed."""
    frames = SECONDS * FRAMES_A_SECOND
    size = WIDTH * HEIGHT * 3
    main = struct.pack(
        "<14I", 1_000_000 // FRAMES_A_SECOND, size * FRAMES_A_SECOND, 0, 0x10, frames, 0, 1, size,
        WIDTH, HEIGHT, 0, 0, 0, 0,
    )  # fmt: skip
    stream = struct.pack(
        "<4s4sI2H8I4H", b"vids", b"DIB ", 0, 0, 0, 0, 1, FRAMES_A_SECOND, 0, frames, size, 0, size,
        0, 0, WIDTH, HEIGHT,
    )  # fmt: skip
    form = struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, size, 0, 0, 0, 0)
    streams = _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", form))
    pictures = b"".join(
        _chunk(b"00db", bytes((170, 110, 20 + 10 * number)) * (WIDTH * HEIGHT))
        for number in range(frames)
    )
    header = _list(b"hdrl", _chunk(b"avih", main) + streams)
    return _chunk(b"RIFF", b"AVI " + header + _list(b"movi", pictures))


def _list(name: bytes, content: bytes) -> bytes:
    return _chunk(b"LIST", name + content)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
