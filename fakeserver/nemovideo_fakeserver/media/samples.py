"""What all sound is made of between files: stereo samples of 32-bit floats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
"""Samples per second."""

CHANNELS = 2

Samples: TypeAlias = NDArray[np.float32]
"""Of shape (samples, `CHANNELS`), left first; 1.0 is the loudest that a file can hold."""


def silence(samples: int) -> Samples:
    """Return `samples` zeros."""
    return np.zeros((samples, CHANNELS), dtype=np.float32)


def quiet(samples: int) -> Iterator[Samples]:
    """Yield `samples` zeros, a second at a time."""
    for at in range(0, samples, RATE):
        yield silence(min(RATE, samples - at))
