"""The card that stands for a generated scene, or for a film without pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Self

import numpy as np
from av.video.frame import VideoFrame

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.backdrop import Backdrop
from nemovideo_fakeserver.media.picture.inking import blurred, inked
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.palette import INK, palette
from nemovideo_fakeserver.media.picture.typesetting import Block
from nemovideo_fakeserver.media.timeline.colours import Rgb

SECONDS = 2
"""After so many seconds a card's picture begins again: words that come and go above it cost so much encoding."""

_SUBJECT, _LABEL = 1 / 10, 1 / 26
"""The sizes of the words, as shares of the short side."""

_MARGIN = 1 / 12
_GAP = 1 / 60
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
        self.loop = SECONDS * canvas.fps
        self._backdrop = Backdrop(canvas, subject, Chance(str(seed)).at("card"), self.loop)
        self._words = tuple(_words(canvas, subject, scene, palette(subject).spark))

    @classmethod
    def described(cls, canvas: Canvas, subject: str, notes: Mapping[str, Any], seed: int) -> Self:
        """Return the card of media that exist as a description, whose `notes` may number its `scene`."""
        scene = notes.get("scene")
        return cls(canvas, subject, scene if isinstance(scene, int) else None, seed)

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
    width, foot = canvas.width - 2 * left, canvas.height * _FOOT
    said = (
        (subject[:1].upper() + subject[1:], short * _SUBJECT, INK),
        (_label(subject, scene), short * _LABEL, accent),
    )
    for text, size, colour in said:
        block = Block.fitted(text, size, width, canvas.height * _ROOM)
        if not any(block.lines):
            continue
        foot -= block.height
        ink = block.ink(width, align=0, stroke=block.size // 40)
        shadow = blurred(ink, block.size / 8) * np.float32(_SHADE)
        yield inked(ink, colour, shadow, (0, 0, 0), (left - block.bleed, round(foot) - block.bleed))
        foot -= short * _GAP
    if foot < canvas.height * _FOOT:
        rule = np.full((max(2, short // 150), max(4, short // 11), 4), (*accent, 255))
        yield Overlay.of(rule, left, round(foot))


def _label(subject: str, scene: int | None) -> str:
    """Return what a scene is called in the language of its subject."""
    if scene is None:
        return ""
    return f"镜头 {scene}" if re.search("[\u4e00-\u9fff]", subject) else f"Scene {scene}"
