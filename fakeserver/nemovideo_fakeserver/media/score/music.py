"""Music from a brief."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.sound.samples import CHANNELS, RATE, Samples
from nemovideo_fakeserver.media.timeline.values import number

TEMPI = (40.0, 240.0)
_BEATS = 4
_NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
_KEY = re.compile(r"\s*([A-Ga-g])([#♯b♭]?)\s*([Mm](?!aj))?")
_LOW_C = 130.813
_CHORDS = {True: (0, 3, 7, 12), False: (0, 4, 7, 12)}
"""Semitones above the root, minor and major, one for each beat."""


def music(notes: Mapping[str, Any], seed: int, seconds: float) -> Iterator[Samples]:
    """Yield a piece of exactly `seconds` in chunks, as the brief in `notes` says."""
    drawn = Chance(str(seed)).uniform(80, 130, "bpm")
    tempo = number(notes.get("bpm"), drawn, *TEMPI)
    bar = _bar(tempo, *_root(notes.get("key"), seed))
    left = round(seconds * RATE)
    while left > 0:
        yield bar[:left]
        left -= len(bar)


def _root(key: object, seed: int) -> tuple[float, bool]:
    """Return the frequency of the lowest note, and whether the key is minor."""
    match = _KEY.match(key) if isinstance(key, str) else None
    if match is None:
        step, minor = Chance(str(seed)).number("root") % 12, Chance(str(seed)).happens(0.5, "minor")
    else:
        step = _NOTES[match[1].upper()] + _ACCIDENTALS[match[2]]
        minor = match[3] is not None
    return _LOW_C * 2 ** (step / 12), minor


def _bar(bpm: float, root: float, minor: bool) -> Samples:  # noqa: FBT001 - as `_root` says it
    """Compute four beats; their borders are rounded together, so that the tempo does not drift."""
    borders = [round(beat * 60 / bpm * RATE) for beat in range(_BEATS + 1)]
    bar = np.empty((borders[-1], CHANNELS), dtype=np.float32)
    for semitones, start, end in zip(_CHORDS[minor], borders, borders[1:], strict=False):
        at = np.arange(end - start) / RATE
        note = np.sin(2 * np.pi * root * 2 ** (semitones / 12) * at) * np.exp(-4.0 * at)
        drum = np.sin(2 * np.pi * 55.0 * at) * np.exp(-18.0 * at)
        bar[start:end] = (0.25 * note + 0.45 * drum)[:, None]
    return bar
