"""Colours as a text segment names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from PIL import ImageColor

from nemovideo_fakeserver.media.values import text

Rgb: TypeAlias = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

WHITE: Rgb = (255, 255, 255)

_GLOWING: Mapping[str, Rgb] = {
    "neon blue": (43, 110, 255),
    "neon green": (57, 255, 20),
    "neon pink": (255, 44, 180),
    "dark blue": (16, 36, 120),
    "light green": (144, 238, 120),
}
"""What CSS calls otherwise, or not at all."""

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def colour(name: object) -> Rgb:
    """Return a colour by its name (`white`, `neon blue`) or as `#rrggbb`; white for any other."""
    written = text(name).strip().lower()
    if written in _GLOWING:
        return _GLOWING[written]
    plain = written.replace(" ", "")
    if not (_HEX.fullmatch(plain) or plain in ImageColor.colormap):
        return WHITE
    red, green, blue, *_ = ImageColor.getrgb(plain)
    return red, green, blue
