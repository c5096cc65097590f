"""The words of a caption as an overlay: legible on any picture, whatever they are."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.colours import Reals, Rgb, lightness
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.planes import Plane
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
    return trimmed(_coloured(fill, edge, caption.colour, block.size), left, top)


def _coloured(fill: Plane, edge: Plane, colour: Rgb, size: int) -> Reals:
    """Return the words above their outline above its shadow, as red, green, blue and opacity."""
    around = _LIGHT if lightness(colour) < _DARK_WORDS else _DARK
    soft = Image.fromarray(edge).filter(ImageFilter.GaussianBlur(size / 9))
    shadow = np.maximum(edge * np.float32(_EDGE), np.asarray(soft) * np.float32(_GLOW)) / 255
    words = fill / np.float32(255)
    opacity = words + shadow * (1 - words)
    share = words / np.maximum(opacity, np.float32(1e-6))
    mixed = share[..., None] * np.float32(colour) + (1 - share[..., None]) * np.float32(around)
    return np.dstack((mixed, opacity * 255))


def trimmed(rgba: Reals, left: int, top: int) -> Overlay:
    """Return an overlay of the part where there is anything to be seen."""
    rows, columns = (np.flatnonzero((rgba[..., 3] >= 1).any(axis)) for axis in (1, 0))
    if not rows.size:
        return Overlay.of(np.zeros((2, 2, 4)), left, top)
    seen = rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Overlay.of(seen, left + int(columns[0]), top + int(rows[0]))
