"""The one typeface, Noto Sans Medium: Latin, Greek and Cyrillic, and the Chinese of GB 2312.

It is in two files (`fonts/README.md`). A character that neither has (emoji, a rarer hanzi, Arabic) is
drawn as a crossed box, so that a film shows that something was meant to stand there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

ASCENT, DESCENT = 0.9, 0.25
"""How far letters reach above and below their baseline, in ems; more only with accents on capitals."""

_LATIN = (
    " -~\u00a0-\u024f\u0370-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u214f"
)
_RUN = re.compile(f"[{_LATIN}]+|[^{_LATIN}]+")
_FILES = "NotoSansSC-subset.otf", "NotoSans-subset.ttf"


class Face:
    """The typeface at one size, in pixels of its em."""

    def __init__(self, size: int) -> None:
        folder = files(__package__).joinpath("fonts")
        # the plain layout is the one that every build of Pillow has
        self._other, self._latin = (
            ImageFont.truetype(str(folder / name), size, layout_engine=ImageFont.Layout.BASIC)
            for name in _FILES
        )
        self._advances: dict[str, float] = {}

    def width(self, text: str) -> float:
        """Return how far the pen moves along a line of text, in pixels."""
        return sum(map(self._advance, text))

    def draw(
        self, page: Image.Image, left: float, baseline: float, text: str, stroke: int = 0
    ) -> None:
        """Draw a line of text on a grey page, every edge `stroke` pixels further out."""
        pen = ImageDraw.Draw(page)
        for run in _RUN.findall(text):
            font = self._font(run[0])
            pen.text((left, baseline), run, 255, font, anchor="ls", stroke_width=stroke)
            left += self.width(run)

    def _advance(self, character: str) -> float:
        found = self._advances.get(character)
        if found is None:
            found = self._advances[character] = self._font(character).getlength(character)
        return found

    def _font(self, character: str) -> ImageFont.FreeTypeFont:
        return self._latin if re.match(f"[{_LATIN}]", character) else self._other


@lru_cache(maxsize=32)
def face(size: int) -> Face:
    """Return the typeface at `size` pixels."""
    return Face(size)
