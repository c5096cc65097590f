"""Windows of ten milliseconds: what measures a sound, and what changes its level, does so once in each.

Windows lie on the film's time line, not in blocks: a block is whole windows, but for the film's last.
So it does not matter into which blocks a sound is cut.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nemovideo_fakeserver.media.samples import RATE, Samples

WINDOW = RATE // 100
"""Samples in a window."""

_WITHIN = np.linspace(0, 1, WINDOW, endpoint=False, dtype=np.float32)


def peaks(block: Samples) -> NDArray[np.float32]:
    """Return the largest deflection in each window, of both channels."""
    if not len(block):
        return np.zeros(0, dtype=np.float32)
    loudest = np.abs(block).max(axis=1)
    found: NDArray[np.float32] = np.maximum.reduceat(loudest, np.arange(0, len(block), WINDOW))
    return found


def curve(borders: Sequence[float], samples: int) -> Samples:
    """Return a factor for each sample that goes in straight lines from border to border of the windows."""
    at = np.array(borders, dtype=np.float32)[:, None]
    lines = at[:-1] + (at[1:] - at[:-1]) * _WITHIN
    return lines.reshape(-1, 1)[:samples]
