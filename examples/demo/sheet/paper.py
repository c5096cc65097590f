"""The paper of a contact sheet: dark, with one time axis from left to right."""

from __future__ import annotations

from itertools import count, takewhile
from typing import TypeAlias

from PIL import Image, ImageDraw

from nemovideo_fakeserver.media.picture.face import face

WIDTH, MARGIN, LEFT, RIGHT = 1800, 40, 176, 1752
"""The paper's width, its margin, and where its time axis begins and ends."""

GROUND, PANEL, RULE = (19, 21, 27), (29, 32, 40), (46, 50, 61)
BRIGHT, PLAIN, FAINT = (244, 242, 236), (176, 180, 190), (112, 117, 130)

Colour: TypeAlias = tuple[int, int, int]
Place: TypeAlias = tuple[float, float]
"""Where a line of text begins: pixels from the left, and from the top to its baseline."""

_STEPS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200)
_MOST_TICKS = 12
_MOST_CHARACTERS = 200


class Paper:
    """A sheet of `height` pixels on which `seconds` last from `LEFT` to `RIGHT`."""

    def __init__(self, height: int, seconds: float) -> None:
        self.image = Image.new("RGB", (WIDTH, height), GROUND)
        self.draw = ImageDraw.Draw(self.image)
        self.seconds = max(seconds, 0.1)

    def across(self, second: float) -> float:
        """Return where a second lies on the axis, one outside the film at its edge."""
        return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, second / self.seconds))

    def ticks(self) -> list[float]:
        """Return the seconds that are named on the axis."""
        step = next((s for s in _STEPS if self.seconds / s <= _MOST_TICKS), _STEPS[-1])
        return list(takewhile(lambda second: second <= self.seconds, (n * step for n in count())))

    def write(self, at: Place, text: str, size: int, colour: Colour, room: float = WIDTH) -> None:
        """Write a line of text, shortened to `room` pixels."""
        pen = face(size)
        text = " ".join(text[:_MOST_CHARACTERS].split())
        if pen.width(text) > room:
            while text and pen.width(text + "…") > room:
                text = text[:-1]
            text = text and text + "…"
        left, baseline = at
        mask = Image.new("L", (round(pen.width(text)) + size, 2 * size))
        pen.draw(mask, 0, 1.5 * size, text)
        self.image.paste(colour, (round(left), round(baseline - 1.5 * size)), mask)

    def width(self, text: str, size: int) -> float:
        """Return how many pixels a line of text is wide."""
        return face(size).width(text)

    def centred(self, middle: float, baseline: float, text: str, size: int, colour: Colour) -> None:
        """Write a line of text around `middle`."""
        self.write((middle - self.width(text, size) / 2, baseline), text, size, colour)
