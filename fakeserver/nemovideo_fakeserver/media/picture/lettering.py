"""The words of a caption as an overlay: legible on any picture, whatever they are."""

from __future__ import annotations

import numpy as np

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.colours import lightness
from nemovideo_fakeserver.media.picture.inking import blurred, inked
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.typesetting import SLANT, Block
from nemovideo_fakeserver.media.timeline.captions import Caption

MARGIN = 0.05
"""What stays free at each side of the canvas, as a share of it."""

POINTS = 720
"""Points along the short side of the canvas."""

_COLUMNS = {"left": 0.0, "center": 0.5, "right": 1.0}
_ROWS = {"top": 0.0, "center": 0.5, "bottom": 1.0}

_DARK, _LIGHT = (0, 0, 0), (255, 255, 255)
_DARK_WORDS = 0.4
"""Words darker than this have a light edge."""

_EDGE, _GLOW = 0.85, 0.6
"""How opaque the outline is, and the soft shadow around it."""


def lettered(caption: Caption, canvas: Canvas) -> Overlay:
    """Return the words of `caption` at their place on `canvas`, in their colour with an edge around them.

    Lines are broken and letters made smaller so that all is within the margins. Takes any text.
    """
    width, height = (round(side * (1 - 2 * MARGIN)) for side in (canvas.width, canvas.height))
    size = caption.size * min(canvas.width, canvas.height) / POINTS
    block = Block.fitted(caption.text, size, width, height)
    row, _, column = caption.place.rpartition("-")
    weight = max(1, block.size // 28) if caption.bold else 0
    slant = SLANT if caption.italic else 0.0
    align = _COLUMNS[column]
    fill = block.ink(width, align, weight, slant)
    edge = block.ink(width, align, weight + max(1, block.size // 22), slant)
    left = (canvas.width - width) // 2 - block.bleed
    free = height - block.height
    top = round((canvas.height - height) / 2 + _ROWS[row or "center"] * free) - block.bleed
    shadow = np.maximum(edge * np.float32(_EDGE / 255), blurred(edge, block.size / 9) * _GLOW)
    around = _LIGHT if lightness(caption.colour) < _DARK_WORDS else _DARK
    return inked(fill, caption.colour, shadow, around, (left, top))
