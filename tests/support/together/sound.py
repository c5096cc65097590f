"""A few bytes of real media that need no encoder."""

from __future__ import annotations

import io
import wave
from pathlib import Path

RATE = 8000


def silence(path: Path, seconds: float = 1.0) -> Path:
    """Write a WAV file without a sound in it, and return its path."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(b"\x80" * int(RATE * seconds))
    path.write_bytes(written.getvalue())
    return path
