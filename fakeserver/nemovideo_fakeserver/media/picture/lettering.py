"""The words of a caption as an overlay: legible on any picture, whatever they are."""

from __future__ import annotations

import numpy as np

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.colours import lightness
from nemovideo_fakeserver.media.picture.inking import blurred, inked
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.setting import Setting
from nemovideo_fakeserver.media.picture.typesetting import SLANT
from nemovideo_fakeserver.media.timeline.captions import Caption

_DARK, _LIGHT = (0, 0, 0), (255, 255, 255)
_DARK_WORDS = 0.4
"""Words darker than this have a light edge."""

_EDGE, _GLOW = 0.85, 0.6
"""How opaque the outline is, and the soft shadow around it."""


def lettered(caption: Caption, canvas: Canvas, down: int = 0) -> Overlay:
    """Return the words of `caption` in their colour with an edge around them, `down` pixels below their place.

    Takes any text.
    """
    setting = Setting.of(caption, canvas)
    block, width, align = setting.block, setting.width, setting.align
    weight = max(1, block.size // 28) if caption.bold else 0
    slant = SLANT if caption.italic else 0.0
    fill = block.ink(width, align, weight, slant)
    edge = block.ink(width, align, weight + max(1, block.size // 22), slant)
    shadow = np.maximum(edge * np.float32(_EDGE / 255), blurred(edge, block.size / 9) * _GLOW)
    around = _LIGHT if lightness(caption.colour) < _DARK_WORDS else _DARK
    corner = setting.left - block.bleed, setting.top + down - block.bleed
    return inked(fill, caption.colour, shadow, around, corner)
