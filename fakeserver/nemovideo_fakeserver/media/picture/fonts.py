"""The one font: Latin, Greek and Cyrillic, and the Chinese of GB 2312 (`fonts/README.md`).

A character it has no glyph for (emoji, a rarer hanzi, Arabic) is drawn as a crossed box, so that a
film shows that something was meant to stand there. No text makes a face fail.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

ASCENT, DESCENT = 0.9, 0.24
"""How far a line reaches above and below its baseline, in ems."""


class Face:
    """The font at one size, in pixels of its em."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._font = _font(size)
        self._advances: dict[str, float] = {}

    def width(self, text: str) -> float:
        """Return how far the pen moves, in pixels; the font has no kerning."""
        return sum(map(self._advance, text))

    def _advance(self, character: str) -> float:
        found = self._advances.get(character)
        if found is None:
            found = self._advances[character] = self._font.getlength(character)
        return found

    def draw(
        self, page: Image.Image, left: float, baseline: float, text: str, stroke: int = 0
    ) -> None:
        """Draw a line of text on a grey page, every edge `stroke` pixels further out."""
        ImageDraw.Draw(page).text(
            (left, baseline), text, 255, self._font, anchor="ls", stroke_width=stroke
        )


@lru_cache(maxsize=64)
def face(size: int) -> Face:
    """Return the font at `size` pixels."""
    return Face(size)


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Open the font with the plain layout, which every build of Pillow has."""
    return ImageFont.truetype(_path(), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _path() -> str:
    return str(files(__package__).joinpath("fonts", "NotoSansSC-subset.otf"))
