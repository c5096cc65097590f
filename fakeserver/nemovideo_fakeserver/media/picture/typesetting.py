"""Words as lines of one size, in the room there is, and the ink they leave on the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from nemovideo_fakeserver.media.picture.face import ASCENT, DESCENT, face
from nemovideo_fakeserver.media.picture.plain_text import cut, plain
from nemovideo_fakeserver.media.picture.planes import Plane
from nemovideo_fakeserver.media.picture.wrapping import balanced, longest, wrapped

LEAST = 4
"""The smallest em in pixels; what does not fit then is cut off."""

PITCH = 1.3
"""From one baseline to the next, in ems."""

LEADING = PITCH - ASCENT - DESCENT
"""What of that is between two lines."""

WHOLE = 0.6
"""How far words may shrink so that none of them is broken; beyond that a long one is."""

SLANT = 0.2
"""How far italic leans, in pixels to the right for each pixel up."""

_STEP = 0.92


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text at one `size`, in pixels of the em."""

    lines: tuple[str, ...]
    size: int

    @classmethod
    def fitted(cls, text: str, size: float, width: float, height: float) -> Block:
        """Set any text within `width` and `height` pixels, at `size` or as much smaller as it takes."""
        words, asked = plain(text), max(LEAST, round(size))
        now = asked
        while now > LEAST:
            measure = face(now).width
            if now < WHOLE * asked or longest(words, measure) <= width:
                lines = wrapped(words, measure, width)
                if _height(len(lines), now) <= height:
                    return cls(tuple(balanced(words, measure, width)), now)
            now = max(LEAST, int(now * _STEP))
        lines = wrapped(words, face(LEAST).width, width)
        most = max(1, int((height / LEAST - ASCENT - DESCENT) / PITCH) + 1)
        if len(lines) > most:
            lines = [*lines[: most - 1], cut(lines[most - 1])]
        return cls(tuple(lines), LEAST)

    @property
    def height(self) -> float:
        """Pixels from the top of the first line to the bottom of the last."""
        return _height(len(self.lines), self.size)

    def ink(self, width: int, align: float, stroke: int = 0, slant: float = 0.0) -> Plane:
        """Return the ink (255: all) on a page of `width` and this block's height, with `bleed` around it.

        `align` says where a line stands: 0 on the left, 1 on the right. Every edge is `stroke` pixels
        further out; `slant` leans the letters over.
        """
        page = np.zeros((round(self.height) + 2 * self.bleed, width + 2 * self.bleed), np.uint8)
        for number, line in enumerate(self.lines):
            left = self.bleed + round(align * (width - face(self.size).width(line)))
            strip = self._strip(line, page.shape[1], left, stroke, slant)
            under = page[round(number * PITCH * self.size) :][: len(strip)]
            np.maximum(under, strip[: len(under)], out=under)
        return page

    def _strip(self, line: str, width: int, left: int, stroke: int, slant: float) -> Plane:
        """Return the ink of one line, as high as a line and what bleeds from it."""
        baseline = self.bleed + round(ASCENT * self.size)
        strip = Image.new("L", (width, round(_height(1, self.size)) + 2 * self.bleed))
        face(self.size).draw(strip, left, baseline, line, stroke)
        if slant:
            lean = (1, slant, -slant * baseline, 0, 1, 0)
            strip = strip.transform(
                strip.size, Image.Transform.AFFINE, lean, Image.Resampling.BICUBIC
            )
        return np.asarray(strip)

    @property
    def bleed(self) -> int:
        """Pixels around the page for strokes, shadows and letters that hang out."""
        return self.size // 2 + 2


def _height(lines: int, size: int) -> float:
    return ((lines - 1) * PITCH + ASCENT + DESCENT) * size
