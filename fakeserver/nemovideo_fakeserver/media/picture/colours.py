"""From red, green and blue to Y, Cb and Cr: BT.601 in the range of television, everywhere in this package.

It is what FFmpeg converts by when a film does not say otherwise, as the films of `media.film` do not,
and so what `VideoFrame.reformat` makes of a photo: words, cards and footage agree in their colours.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nemovideo_fakeserver.media.timeline.colours import Rgb

Reals: TypeAlias = NDArray[np.float32]

_LUMA = (0.299, 0.587, 0.114)
_RED, _, _BLUE = _LUMA

_MATRIX = np.array(
    [
        [219 * share for share in _LUMA],
        [112 / (1 - _BLUE) * ((c == 2) - _LUMA[c]) for c in range(3)],
        [112 / (1 - _RED) * ((c == 0) - _LUMA[c]) for c in range(3)],
    ],
    np.float32,
) / np.float32(255)
_ZERO = np.array([16, 128, 128], np.float32)


def ycc(rgb: NDArray[Any] | Rgb) -> Reals:
    """Return Y (16 to 235), Cb and Cr (16 to 240) of red, green and blue along the last axis."""
    return np.asarray(rgb, np.float32) @ _MATRIX.T + _ZERO


def lightness(rgb: Rgb) -> float:
    """Return how light a colour looks, from 0 (black) to 1 (white)."""
    return sum(share * value for share, value in zip(_LUMA, rgb, strict=True)) / 255


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Return the colour on the way from `one` to `other`, `share` of it gone."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
