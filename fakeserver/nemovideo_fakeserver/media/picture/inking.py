"""Ink above its shadow, as an overlay."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from nemovideo_fakeserver.media.picture.colours import Reals
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.planes import Plane
from nemovideo_fakeserver.media.timeline.colours import Rgb


def inked(ink: Plane, colour: Rgb, shadow: Reals, around: Rgb, at: tuple[int, int]) -> Overlay:
    """Lay `ink` (255: all) in its `colour` above `shadow` (1: opaque) in its own, at left and top.

    The overlay is the part of the page where there is anything to be seen.
    """
    words = ink / np.float32(255)
    opacity = words + shadow * (1 - words)
    share = (words / np.maximum(opacity, np.float32(1e-6)))[..., None]
    near, far = np.array(colour, np.float32), np.array(around, np.float32)
    return _trimmed(np.dstack((share * near + (1 - share) * far, opacity * 255)), *at)


def blurred(ink: Plane, radius: float) -> Reals:
    """Return ink spread softly over `radius` pixels, from 0 to 1."""
    soft = Image.fromarray(ink).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(soft, np.float32) / np.float32(255)


def _trimmed(rgba: NDArray[Any], left: int, top: int) -> Overlay:
    rows, columns = (np.flatnonzero((rgba[..., 3] >= 1).any(axis)) for axis in (1, 0))
    if not rows.size:
        return Overlay.of(np.zeros((2, 2, 4), np.uint8), left, top)
    seen = rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Overlay.of(seen, left + int(columns[0]), top + int(rows[0]))
