"""Waveforms of single notes, by reading one period of a sound again and again.

Law: a note begins at zero and ends at zero, so that it can be laid anywhere without a click. Its colour is a
spectrum: how strong the harmonics are, by their numbers (1 is the note itself) and the note's frequency.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nemovideo_fakeserver.media.samples import RATE

Wave: TypeAlias = NDArray[np.float32]
"""Of shape (samples,)."""

Sound: TypeAlias = Callable[[float, float, float], Wave]
"""From a frequency in Hz, the seconds a note is held, and a tone from 0 (dull) to 1 (bright)."""

Spectrum: TypeAlias = Callable[[NDArray[np.float64], float], NDArray[np.float64]]

_PERIOD = 8_192
"""Samples in one period of a table: read without interpolation, the error stays below -70 dB."""

_CEILING = 14_000.0
"""No harmonic above: it would be heard as a wrong tone, mirrored at half the rate."""

_HARMONICS = 40
_REGISTERS = ((1, 2), (3, 6), (7, _HARMONICS))
"""Harmonics that die away together, as the higher ones of a string do sooner."""

_TREMBLE = 5.5
"""Swings of a vibrato in a second."""


def listed(*strengths: float) -> Spectrum:
    """Return the spectrum whose harmonics are as strong as listed."""

    def spectrum(numbers: NDArray[np.float64], _frequency: float) -> NDArray[np.float64]:
        given = np.zeros(len(numbers))
        given[: len(strengths)] = strengths[: len(numbers)]
        return given

    return spectrum


def falling(power: float) -> Spectrum:
    """Return the spectrum whose harmonics fall by a power of their number: 1 is a saw."""
    return lambda numbers, _frequency: numbers**-power


def sung(*formants: float) -> Spectrum:
    """Return the spectrum of a saw in a space that resounds at some frequencies, as a throat does."""

    def spectrum(numbers: NDArray[np.float64], frequency: float) -> NDArray[np.float64]:
        at = numbers * frequency
        rings = sum(np.exp(-(((at - formant) / 180.0) ** 2)) for formant in formants)
        return (0.15 + rings) / numbers

    return spectrum


def struck(
    spectrum: Spectrum, *, decay: float, damping: float = 1.0, attack: float = 0.003
) -> Sound:
    """Return the sound of a thing that is struck or plucked and dies away.

    `decay` is by how many nepers a second the middle A falls, `damping` how much faster the higher harmonics
    fall than the lower, `attack` the seconds until it is there.
    """

    def sound(frequency: float, seconds: float, tone: float) -> Wave:
        fall = decay * (frequency / 440.0) ** 0.4
        seconds = min(seconds + 0.12, 6.0 / fall)
        at = _times(seconds)
        strengths = _strengths(spectrum, frequency, tone)
        wave = np.zeros(len(at), dtype=np.float32)
        for depth, (first, last) in enumerate(_REGISTERS):
            register = np.zeros_like(strengths)
            register[first - 1 : last] = strengths[first - 1 : last]
            if register.any():
                lost = np.float32(-fall * (1 + damping * depth))
                wave += np.exp(lost * at) * _read(register, frequency, len(at))
        return eased(wave, attack, 0.1)

    return sound


def held(spectrum: Spectrum, *, attack: float, release: float, vibrato: float = 0.0) -> Sound:
    """Return the sound of a thing that sounds as long as it is bowed, blown or pressed.

    `attack` and `release` are in seconds, the latter beyond the note, both shorter for a short one;
    `vibrato` is in cents.
    """

    def sound(frequency: float, seconds: float, tone: float) -> Wave:
        let_go = min(release, max(0.1, seconds))
        count = len(_times(seconds + let_go))
        wave = _read(_strengths(spectrum, frequency, tone), frequency, count, vibrato)
        return eased(wave, min(attack, 0.5 * seconds), let_go)

    return sound


def driven(sound: Sound, gain: float) -> Sound:
    """Return a sound as an overdriven amplifier plays it."""

    def louder(frequency: float, seconds: float, tone: float) -> Wave:
        wave: Wave = np.tanh(np.float32(gain) * sound(frequency, seconds, tone))
        return wave

    return louder


def eased(wave: Wave, attack: float, release: float) -> Wave:
    """Let a wave rise from zero and fall to zero, in place; both in seconds."""
    rise, fall = (max(2, min(round(s * RATE), len(wave) // 2)) for s in (attack, release))
    wave[:rise] *= _slope(rise)
    wave[len(wave) - fall :] *= _slope(fall)[::-1]
    return wave


def _slope(count: int) -> Wave:
    return (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, count))).astype(np.float32)


def _times(seconds: float) -> Wave:
    return np.arange(max(4, round(seconds * RATE)), dtype=np.float32) / np.float32(RATE)


def _strengths(spectrum: Spectrum, frequency: float, tone: float) -> NDArray[np.float64]:
    """Return the strengths of all harmonics of a note, as loud together as one; 0 to 1 is dull to bright."""
    numbers = np.arange(1.0, _HARMONICS + 1)
    strengths = spectrum(numbers, frequency) * np.exp(-0.4 * (1 - tone) * (numbers - 1))
    strengths[numbers * frequency > _CEILING] = 0
    return strengths / max(float(np.sqrt(np.square(strengths).sum())), 1e-9)


def _read(
    strengths: NDArray[np.float64],
    frequency: float,
    count: int,
    vibrato: float = 0.0,
) -> Wave:
    place = np.arange(count) * (_PERIOD * frequency / RATE)
    if vibrato:
        swing = frequency * (2 ** (vibrato / 1200) - 1) / (2 * np.pi * _TREMBLE)
        tremble = np.arange(count, dtype=np.float32) * np.float32(2 * np.pi * _TREMBLE / RATE)
        place += (1 - np.cos(tremble)) * (swing * _PERIOD)
    wave: Wave = _period(strengths.tobytes())[place.astype(np.int64) & (_PERIOD - 1)]
    return wave


@lru_cache(maxsize=256)  # the notes of an instrument share theirs, but for the highest
def _period(strengths: bytes) -> Wave:
    """Return one period of harmonics, given as the bytes of an array."""
    harmonics = np.frombuffer(strengths)
    bins = np.zeros(_PERIOD // 2 + 1, dtype=np.complex128)
    bins[1 : len(harmonics) + 1] = -0.5j * _PERIOD * harmonics
    return np.fft.irfft(bins).astype(np.float32)
