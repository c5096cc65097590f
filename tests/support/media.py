"""Small real media, made on the spot."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]


@cache
def mp4(seconds: float = 2.0, width: int = 160, height: int = 90, fps: int = 10) -> bytes:
    """Return an H.264 film of one colour after another."""
    colours = [(number * 20 % 256, 90, 160) for number in range(round(seconds * fps))]
    return _film(colours, (width, height), fps)


@cache
def colours(
    *shown: Colour, each: float = 2.0, size: tuple[int, int] = (320, 180), fps: int = 10
) -> bytes:
    """Return an H.264 film that shows every colour for `each` seconds."""
    return _film([colour for colour in shown for _ in range(round(each * fps))], size, fps)


def _film(colours: Iterable[Colour], size: tuple[int, int], fps: int) -> bytes:
    import av
    from PIL import Image

    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=fps)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for colour in colours:
            picture = Image.new("RGB", size, colour)
            file.mux(stream.encode(av.VideoFrame.from_image(picture)))  # type: ignore[no-untyped-call]  # PyAV's stub has none
        file.mux(stream.encode(None))
    return written.getvalue()


@cache
def png(width: int = 40, height: int = 30) -> bytes:
    """Return a picture."""
    from PIL import Image

    written = io.BytesIO()
    Image.new("RGB", (width, height), (200, 40, 40)).save(written, "PNG")
    return written.getvalue()


@cache
def wav(seconds: float = 1.0) -> bytes:
    """Return silence."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * int(8000 * seconds)))
    return written.getvalue()
