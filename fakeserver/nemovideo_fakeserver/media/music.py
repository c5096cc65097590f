"""Music made of one bar: a beat and a broken chord, computed once and repeated.

The bar follows the tempo and the key of a brief; nothing else in the brief is heard. Computing every
sample of a minute takes longer than encoding it, computing one bar does not.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.timeline import number

RATE = 48_000
"""Samples per second of all sound here; always one channel of 32-bit floats, 1.0 the loudest."""

TEMPI = (40.0, 240.0)
_BEATS = 4
_NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}
_KEY = re.compile(r"\s*([A-Ga-g])([#♯b♭]?)\s*([Mm](?!aj))?")
_LOW_C = 130.813
_CHORDS = {True: (0, 3, 7, 12), False: (0, 4, 7, 12)}
"""Semitones above the root, minor and major, one for each beat."""


def music(
    bpm: float | None, notes: Mapping[str, Any], seed: int, volume: float
) -> Iterator[array[float]]:
    """Repeat a bar for ever, at `bpm`, else the brief's `bpm`, else a drawn one; `volume` from 0 to 1."""
    drawn = Chance(str(seed)).uniform(80, 130, "bpm")
    tempo = number(notes.get("bpm") if bpm is None else bpm, drawn, *TEMPI)
    return repeat(_bar(tempo, *_root(notes.get("key"), seed), volume))


def _root(key: object, seed: int) -> tuple[float, bool]:
    """Return the frequency of the lowest note, and whether the key is minor."""
    match = _KEY.match(key) if isinstance(key, str) else None
    if match is None:
        step, minor = Chance(str(seed)).number("root") % 12, Chance(str(seed)).happens(0.5, "minor")
    else:
        step = _NOTES[match[1].upper()] + _ACCIDENTALS[match[2]]
        minor = match[3] is not None
    return _LOW_C * 2 ** (step / 12), minor


def _bar(bpm: float, root: float, minor: bool, volume: float) -> array[float]:  # noqa: FBT001 - as `_root` says it
    """Compute four beats; their borders are rounded together, so that the tempo does not drift."""
    borders = [round(beat * 60 / bpm * RATE) for beat in range(_BEATS + 1)]
    bar = array("f")
    for semitones, start, end in zip(_CHORDS[minor], borders, borders[1:], strict=False):
        note = _pluck(root * 2 ** (semitones / 12), end - start, fall=4.0)
        drum = _pluck(55.0, end - start, fall=18.0)
        bar.extend(volume * (0.25 * n + 0.45 * d) for n, d in zip(note, drum, strict=True))
    return bar


def _pluck(frequency: float, samples: int, *, fall: float) -> list[float]:
    """Return a sine that begins at its loudest and falls by e, `fall` times a second."""
    turn, decay = math.tau * frequency / RATE, fall / RATE
    return [math.sin(turn * i) * math.exp(-decay * i) for i in range(samples)]
