"""A room: what comes back of what is played in it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nemovideo_fakeserver.media.samples import CHANNELS, RATE
from nemovideo_fakeserver.media.score.voices.wave import Wave

_LASTS, _NEAREST = 0.6, 0.012
"""Seconds until it is silent, and until the first wall answers."""

_WET = 0.2


def echoes(sent: Wave) -> Wave:
    """Return what comes back, left and right; it lasts longer than what was sent."""
    count = len(sent) + _IMPULSE.shape[1]
    size = _fast(count)
    returned = np.fft.irfft(np.fft.rfft(sent, size) * _response(size), size)[:, :count]
    return returned.astype(np.float32)


def _room() -> NDArray[np.float32]:
    """Return the answer to a click: dense echoes, different left and right, duller with time."""
    noise = np.random.default_rng(7).standard_normal((CHANNELS, round(_LASTS * RATE)))
    at = np.arange(noise.shape[1]) / RATE
    sums = np.cumsum(noise, axis=1)
    noise *= 0.5 * np.exp(-14 * at)
    noise[:, 12:] += (sums[:, 12:] - sums[:, :-12]) / 4
    noise *= np.exp(-7 * at) * (at > _NEAREST)
    noise /= np.sqrt(np.square(noise).sum(axis=1, keepdims=True))
    return noise.astype(np.float32)


_IMPULSE = _room()


@lru_cache(maxsize=8)  # a bar is as long as another, but for a sample
def _response(size: int) -> NDArray[np.complexfloating]:
    return np.fft.rfft(np.float32(_WET) * _IMPULSE, size)


def _fast(count: int) -> int:
    """Return the least size from `count` on without large prime factors: others take many times as long."""
    odd = [3**threes * 5**fives for threes in range(8) for fives in range(4)]
    sizes: list[int] = [size << (-(-count // size) - 1).bit_length() for size in odd]
    return min(sizes)
