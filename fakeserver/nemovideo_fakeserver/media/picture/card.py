"""The card that stands for a generated scene, or for a film without pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import numpy as np
from av.video.frame import VideoFrame

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.backdrop import Backdrop
from nemovideo_fakeserver.media.picture.colours import Rgb
from nemovideo_fakeserver.media.picture.inking import blurred, inked
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.palette import INK, palette
from nemovideo_fakeserver.media.picture.typesetting import Block

SECONDS = 4
"""After so many seconds a card's picture begins again."""

_SUBJECT, _LABEL = 1 / 11, 1 / 30
"""The sizes of the words, as shares of the short side."""

_MARGIN = 1 / 12
_FOOT = 0.84
"""Where the words end, as a share of the height: above the place of subtitles."""

_ROOM = 0.36
"""The most the subject takes of the height."""

_SHADE = 0.55


class Card:
    """A moving picture in the colours of `subject`, with it and the number of its `scene` (or None) on it.

    `seed` lays out the picture. It is the same again after `loop` frames, without a seam.
    """

    def __init__(self, canvas: Canvas, subject: str, scene: int | None, seed: int) -> None:
        colours = palette(subject)
        self.loop = SECONDS * canvas.fps
        self._backdrop = Backdrop(canvas, colours, Chance(str(seed)).at("card"), self.loop)
        self._words = tuple(_words(canvas, subject, scene, colours.spark))

    def frames(self, first: int = 0) -> Iterator[VideoFrame]:
        """Yield frames (yuv420p) for ever, from the `first`-th on; nobody else holds them."""
        for number in count(first):
            frame = self._backdrop.frame(number)
            for overlay in self._words:
                overlay.paint(frame)
            yield frame


def _words(canvas: Canvas, subject: str, scene: int | None, accent: Rgb) -> Iterator[Overlay]:
    """Yield, from the foot upwards, the subject, the label and a rule above them."""
    short = min(canvas.width, canvas.height)
    left = round(canvas.width * _MARGIN)
    foot = canvas.height * _FOOT
    for text, size, colour in (
        (subject[:1].upper() + subject[1:], short * _SUBJECT, INK),
        (_label(subject, scene), short * _LABEL, accent),
    ):
        block = Block.fitted(text, size, canvas.width - 2 * left, canvas.height * _ROOM)
        if not any(block.lines):
            continue
        foot -= block.height
        ink = block.ink(canvas.width - 2 * left, align=0)
        shadow = blurred(ink, block.size / 8) * np.float32(_SHADE)
        yield inked(ink, colour, shadow, (0, 0, 0), (left - block.bleed, round(foot) - block.bleed))
        foot -= block.size * 0.4
    rule = np.full((max(2, short // 180), max(4, short // 11), 4), (*accent, 255))
    yield Overlay.of(rule, left, round(foot))


def _label(subject: str, scene: int | None) -> str:
    """Return what a scene is called in the language of its subject."""
    if scene is None:
        return ""
    return f"镜头 {scene}" if re.search("[\u4e00-\u9fff]", subject) else f"Scene {scene}"
