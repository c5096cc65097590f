"""Music follows its brief: tempo, key and loudness."""

from __future__ import annotations

import cmath
import math
from array import array
from typing import Any

import pytest

from nemovideo_fakeserver.media.score.music import music
from nemovideo_fakeserver.media.sound.samples import RATE


def bar(segment: float | None = None, volume: float = 1.0, **notes: Any) -> array[float]:
    """The first bar of a segment with a tempo, or none, and of a brief."""
    return next(music(segment, notes, 5, volume))


def strength(samples: array[float], frequency: float) -> float:
    """How much of a frequency there is in the first quarter second."""
    part = samples[: RATE // 4]
    turn = -2j * math.pi * frequency / RATE
    return abs(sum(x * cmath.exp(turn * i) for i, x in enumerate(part))) / len(part)


@pytest.mark.parametrize(
    ("segment", "notes", "tempo"),
    [
        (60, {"bpm": 90}, 60),
        (None, {"bpm": 90}, 90),
        (1e9, {}, 240),
        (1e-9, {}, 40),
        (None, {"bpm": 1e400}, 240),
    ],
)
def test_four_beats_last_as_long_as_the_tempo_says(
    segment: float | None, notes: dict[str, Any], tempo: float
) -> None:
    """The segment's tempo wins over the brief's; neither leaves what can be played."""
    assert len(bar(segment, **notes)) == round(4 * 60 / tempo * RATE)


@pytest.mark.parametrize("odd", ["fast", None, float("nan"), [120], True])
def test_a_tempo_that_is_none_is_drawn(odd: object) -> None:
    """A brief without a usable tempo gets one of its seed's, the same each time."""
    assert bar(bpm=odd) == bar()
    assert 80 <= 4 * 60 * RATE / len(bar()) <= 130


@pytest.mark.parametrize(
    ("key", "frequency"), [("A minor", 220.0), ("F# major", 184.997), ("Bb", 233.08), ("c", 130.81)]
)
def test_the_first_note_is_the_root_of_the_key(key: str, frequency: float) -> None:
    """The root of the key is there, a semitone above it is not."""
    first = bar(120, key=key)

    assert strength(first, frequency) > 2 * strength(first, frequency * 2 ** (2 / 12))


def test_minor_and_major_differ() -> None:
    """The third beat's neighbour, the third of the chord, tells them apart."""
    assert bar(120, key="A minor") == bar(120, key="Am")
    assert bar(120, key="A minor") != bar(120, key="A major") == bar(120, key="A maj")


def test_volume_is_a_factor() -> None:
    """Half the volume is half of every sample, and full volume does not clip."""
    loud, soft = bar(120), bar(120, volume=0.5)

    assert max(map(abs, loud)) <= 1
    assert list(soft[:500]) == pytest.approx([x / 2 for x in loud[:500]], abs=1e-6)
