"""Small real media: one of each of the thirteen documented formats, and files that are no media.

`media/` holds them: films of four seconds, 64 x 36 at ten frames a second, sounds of two seconds,
pictures of 40 x 30.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

MEDIA = Path(__file__).parent / "media"


class Kind(NamedTuple):
    """What a service should find in a sample: lengths in seconds, sizes in pixels."""

    file_type: str
    seconds: float
    width: int
    height: int
    fps: float


FILM = Kind("video", 4.0, 64, 36, 10.0)
PICTURE = Kind("image", 0.0, 40, 30, 0.0)
SOUND = Kind("audio", 2.0, 0, 0, 0.0)

FORMATS = {
    **dict.fromkeys(("mp4", "mov", "avi", "webm", "mkv"), FILM),
    **dict.fromkeys(("jpg", "png", "gif", "webp"), PICTURE),
    **dict.fromkeys(("mp3", "wav", "m4a", "aac"), SOUND),
}
"""The thirteen documented formats, by extension."""


@cache
def sample(extension: str) -> bytes:
    """Return the sample of a format."""
    return (MEDIA / f"sample.{extension}").read_bytes()


def wav(size: int) -> bytes:
    """Return a sound of exactly so many bytes, from 46 on; an odd number ends with a byte of padding."""
    samples = (size - 44) // 2 * 2
    return b"".join(
        (
            b"RIFF" + (size - 8).to_bytes(4, "little") + b"WAVE",
            b"fmt " + (16).to_bytes(4, "little"),
            bytes((1, 0, 1, 0)) + (8000).to_bytes(4, "little") + (16000).to_bytes(4, "little"),
            bytes((2, 0, 16, 0)),
            b"data" + samples.to_bytes(4, "little"),
            bytes(size - 44),
        )
    )


def png(width: int, height: int) -> bytes:
    """Return a grey picture of this size."""
    import zlib

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + name + content + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


NO_MEDIA = {
    "text": b"This is no film at all.\n" * 20,
    "document": b"%PDF-1.4\n" + bytes(300),
    "archive": b"PK\x03\x04" + bytes(300),
    "nothing": b"",
    "half a film": b"\x00\x00\x00\x20ftypisom" + bytes(40),
}
"""Contents that are none of the thirteen, whatever their names say."""
