"""Still pictures, read by Pillow with one named reader, and laid on a canvas."""

from __future__ import annotations

from typing import BinaryIO

from PIL import Image, ImageOps

from nemovideo_fakeserver.media.canvas import Canvas

READERS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
"""Pillow's name of each accepted format."""

_ORIENTATION = 0x0112
_ON_ITS_SIDE = range(5, 9)
"""The EXIF orientations whose width is the picture's height."""


def opened(file: BinaryIO, format: str) -> Image.Image:  # noqa: A002 - the word of Probe
    """Open a picture as `format`, a key of `READERS`; only its header is read."""
    return Image.open(file, formats=(READERS[format],))


def lies_on_its_side(image: Image.Image) -> bool:
    """Say whether the camera was held upright, so that width and height change places."""
    return image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE


def on_canvas(file: BinaryIO, format: str, canvas: Canvas) -> Image.Image:  # noqa: A002 - the word of Probe
    """Return the picture in RGB at the canvas's size: whole, upright, on black."""
    with opened(file, format) as image:
        image.draft(
            "RGB", (canvas.width, canvas.height)
        )  # a JPEG may decode at a fraction of its size
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    left, top, width, height = canvas.fit(*upright.size)
    fitted = upright.resize((width, height))
    page = Image.new("RGB", (canvas.width, canvas.height))
    page.paste(fitted, (left, top), fitted)
    return page
