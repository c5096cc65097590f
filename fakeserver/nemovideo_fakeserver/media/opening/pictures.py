"""The one way to open a picture: Pillow, with one named reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from nemovideo_fakeserver.media import refusals
from nemovideo_fakeserver.media.opening.sniff import sniff

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


@contextmanager
def reopened(path: Path) -> Iterator[Image.Image]:
    """Open a picture that was accepted before, as what its content is. Raises RenderError if it cannot be."""
    with ExitStack() as stack:
        with refusals.reopening():
            file = stack.enter_context(path.open("rb"))
            image = stack.enter_context(opened(file, sniff(file) or ""))
        yield image
