"""Music keeps the tempo it was given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from support.listening import onsets, part, tempo

BANDS = {
    "drums": {"genre": "rock"},
    "plucks": {"instruments": ["acoustic guitar"]},
    "pads alone": {"genre": "ambient"},
}


@pytest.mark.parametrize("bpm", [40, 71.5, 124, 220])
@pytest.mark.parametrize("notes", BANDS.values(), ids=BANDS.keys())
def test_the_tempo_is_that_of_the_brief(piece: Any, notes: dict[str, Any], bpm: float) -> None:
    """Within 1 %, whoever plays: there is a pulse even where nothing is struck."""
    beats = 16 if notes == BANDS["pads alone"] else 9
    heard = piece(max(5, beats * 60 / bpm), loop=True, bpm=bpm, **notes)

    assert tempo(heard, bpm / 1.4, bpm * 1.4) == pytest.approx(bpm, rel=0.01)


@pytest.mark.parametrize("genre", ["lo-fi", "jazz", "reggae", "trap", "bossa nova", "waltz"])
def test_swing_and_syncopation_leave_the_beats_where_they_are(piece: Any, genre: str) -> None:
    """Rhythms between the beats do not hide them."""
    assert tempo(piece(7, genre=genre, loop=True, bpm=127), 95, 170) == pytest.approx(127, rel=0.01)


def test_the_tempo_does_not_drift(piece: Any) -> None:
    """After two minutes a beat of 113.7 BPM is still within a hundredth of a second of its place."""
    heard = piece(125, instruments=["hand claps"], bpm=113.7, loop=True)
    strength = onsets(part(heard, 120, 125))
    claps = [
        second * 100 - 12_000
        for beat in range(1, 400, 2)
        if 120.05 < (second := beat * 60 / 113.7) < 124.9
    ]

    for clap in claps:
        near = strength[round(clap) - 20 : round(clap) + 20]
        assert abs(int(np.argmax(near)) - 20) <= 1


@pytest.mark.parametrize(("bpm", "played"), [(1e400, 220), (230, 220), (3, 40), (-5, 40)])
def test_a_tempo_nobody_can_play_becomes_the_nearest_one(
    piece: Any, bpm: float, played: float
) -> None:
    """From 40 to 220 beats per minute are played."""
    assert np.array_equal(piece(2, bpm=bpm), piece(2, bpm=played))


@pytest.mark.parametrize("odd", ["fast", None, float("nan"), [120], True])
def test_a_tempo_that_is_none_is_drawn(piece: Any, odd: object) -> None:
    """A brief without a usable tempo gets one of its seed's, the same each time."""
    assert np.array_equal(piece(2, bpm=odd), piece(2))
