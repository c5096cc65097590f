"""Melodies: a motif of a bar, heard again on other chords, and an answer.

Law: the fourth bar of a phrase comes to rest; the third repeats the first. On strong beats a melody is on a
tone of the chord, between them it walks the scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nemovideo_fakeserver.core.chance import Chance

_SPARSE = (
    ((0, 2), (2, 1), (3, 1)),
    ((0, 1.5), (1.5, 0.5), (2, 2)),
    ((0, 3), (3, 1)),
    ((0, 1), (1, 1), (2, 2)),
)
_BUSY = (
    ((0, 0.5), (0.5, 0.5), (1, 1), (2, 0.5), (2.5, 0.5), (3, 1)),
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 1), (3, 0.5), (3.5, 0.5)),
    ((0, 0.75), (0.75, 0.75), (1.5, 0.5), (2, 1), (3, 1)),
    ((0, 1), (1, 0.5), (1.5, 1), (2.5, 0.5), (3, 1)),
)
_REST = ((0, 1), (1, 1), (2, 1.5))
_PHRASE = ("a", "b", "a", "rest")
_WALK = (-2, -1, -1, 1, 1, 2)


class Tone(NamedTuple):
    """A note of a melody, as a step of the scale; from `beat`, for so many beats."""

    beat: float
    beats: float
    step: int


def melody(chance: Chance, place: int, chord: tuple[int, ...], *, busy: bool) -> Iterator[Tone]:
    """Yield the tones of a bar, about the tonic; `place` is the bar's in its part, `chance` the theme's."""
    name = _PHRASE[place % len(_PHRASE)]
    rhythm = _REST if name == "rest" else chance.choice(_BUSY if busy else _SPARSE, name, "rhythm")
    step = chance.choice((0, 2, 4), name, "start")
    for order, (beat, beats) in enumerate(rhythm):
        yield Tone(beat, beats, nearest(step, chord) if beat % 2 == 0 else step)
        step += chance.choice(_WALK, name, order)
        step = step - 3 if step > 7 else step + 3 if step < -3 else step


def nearest(step: int, chord: tuple[int, ...]) -> int:
    """Return the step nearest to a step that belongs to the chord, in whichever octave."""
    within = {tone % 7 for tone in chord}
    return next(step + by for by in (0, -1, 1, -2, 2, -3, 3) if (step + by) % 7 in within)
