"""Measures what is heard: loudness, tempo, tones and brightness of samples, and the seam of a loop.

Every function takes samples of `RATE` as an array of shape (n,) or (n, channels), as the media are made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nemovideo_fakeserver.media.samples import RATE

Sound: TypeAlias = NDArray[np.floating[Any]]
Floats: TypeAlias = NDArray[np.float64]

_HOP = 480
_FRAME = 2048
_WINDOW = 16_384
_SLOW = 201
_SILENCE = -120.0


def heard(chunks: Iterable[Sound]) -> Sound:
    """Join the chunks of a run of samples."""
    return np.concatenate(list(chunks))


def part(samples: Sound, start: float, stop: float) -> Sound:
    """Cut out what is heard between two seconds."""
    return samples[round(start * RATE) : round(stop * RATE)]


def loudness(samples: Sound) -> float:
    """Return the root mean square in dB; 0 is a square wave as loud as a file can hold."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if samples.size else 0.0
    return 10 * float(np.log10(power)) if power > 0 else _SILENCE


def tempo(samples: Sound, low: float, high: float) -> float:
    """Return the beats per minute from `low` to `high` whose multiples the onsets repeat at best.

    It is the peak of the autocorrelation of the onset strength, summed over the multiples of a beat.
    A rhythm also repeats at half and at double its tempo: a range below an octave leaves one of them.
    Sixteen beats are enough for an error below 1 %, drums are read after eight.
    """
    strength = onsets(samples)
    strength = strength - np.convolve(strength, np.full(_SLOW, 1 / _SLOW), "same")
    size = 2 * len(strength)
    spectrum = np.abs(np.fft.rfft(strength, size)) ** 2
    likeness = np.fft.irfft(spectrum, size)[: len(strength)]
    likeness /= np.arange(len(strength), 0, -1)  # longer lags are met less often
    tempi = np.geomspace(low, high, int(900 * np.log2(high / low)) + 2)
    furthest = 0.6 * len(strength)
    scores = []
    for bpm in tempi:
        beat = 60 / bpm * RATE / _HOP
        lags = beat * np.arange(1, max(2, int(furthest / beat) + 1))
        scores.append(np.interp(lags, np.arange(len(likeness)), likeness).mean())
    return float(tempi[int(np.argmax(scores))])


def onsets(samples: Sound) -> Floats:
    """Return how much sound sets in, for every hundredth of a second."""
    frames = np.lib.stride_tricks.sliding_window_view(
        np.pad(_mono(samples), (_FRAME // 2, _FRAME // 2)), _FRAME
    )[::_HOP]
    levels = np.log1p(100 * np.abs(np.fft.rfft(frames * np.hanning(_FRAME))) / _FRAME)
    risen = np.maximum(np.diff(levels, axis=0, prepend=levels[:1]), 0)
    strength: Floats = risen.sum(axis=1)
    return strength


def spectrum(samples: Sound) -> tuple[Floats, Floats]:
    """Return frequencies in Hz, and the mean power at each."""
    mono = _mono(samples)
    mono = np.pad(mono, (0, max(0, _WINDOW - len(mono))))
    frames = np.lib.stride_tricks.sliding_window_view(mono, _WINDOW)[:: _WINDOW // 2]
    power: Floats = np.square(np.abs(np.fft.rfft(frames * np.hanning(_WINDOW)))).mean(axis=0)
    at: Floats = np.fft.rfftfreq(_WINDOW, 1 / RATE).astype(np.float64)
    return at, power


def share(samples: Sound, low: float, high: float) -> float:
    """Return which part of the power lies between two frequencies."""
    at, power = spectrum(samples)
    return float(power[(at >= low) & (at < high)].sum() / max(float(power.sum()), 1e-30))


def centroid(samples: Sound) -> float:
    """Return the mean frequency in Hz, weighed by magnitude: the higher, the brighter."""
    at, power = spectrum(samples)
    magnitude = np.sqrt(power)
    return float((at * magnitude).sum() / max(float(magnitude.sum()), 1e-30))


def chroma(samples: Sound, low: float = 110.0, high: float = 2_000.0) -> Floats:
    """Return the shares of the twelve tones, C first, in the power of what stands out as a tone."""
    at, power = spectrum(samples)
    peak = np.zeros(len(power), dtype=bool)
    peak[1:-1] = (power[1:-1] > power[:-2]) & (power[1:-1] >= power[2:])
    peak &= (at >= low) & (at <= high) & (power > 1e-6 * power.max())
    tones = np.round(12 * np.log2(at[peak] / 440.0) + 69).astype(int) % 12
    shares = np.bincount(tones, weights=power[peak], minlength=12)
    return shares / max(float(shares.sum()), 1e-30)


def seam(samples: Sound) -> float:
    """Return the step from the last sample to the first, as a multiple of the largest step within.

    Above 1 a loop clicks: nothing in the piece is as sudden as its seam.
    """
    steps = np.abs(np.diff(samples, axis=0))
    return float(np.abs(samples[0] - samples[-1]).max() / max(float(steps.max()), 1e-12))


def _mono(samples: Sound) -> Floats:
    both = samples.astype(np.float64)
    return both if both.ndim == 1 else both.mean(axis=1)
