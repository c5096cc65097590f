"""A loop can be played round and round."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from support.listening import loudness, part, seam, tempo

LENGTHS = {"whole bars": 8.0, "a broken bar": 6.37, "shorter than a tail": 0.9}


@pytest.mark.parametrize("genre", ["lo-fi", "ambient", "house", "orchestral"])
@pytest.mark.parametrize("lasts", LENGTHS.values(), ids=LENGTHS.keys())
def test_the_end_meets_the_start(piece: Any, genre: str, lasts: float) -> None:
    """The step over the seam is no larger than those within, and what still sounds at the end goes on."""
    heard = piece(lasts, genre=genre, bpm=120, loop=True)
    round_trip = np.concatenate((part(heard, lasts - 0.1, lasts), part(heard, 0, 0.1)))

    assert seam(heard) < 0.6
    assert np.abs(np.diff(round_trip, 2, axis=0)).max() <= np.abs(np.diff(heard, 2, axis=0)).max()
    assert np.abs(heard[:40]).max() > 0.002


@pytest.mark.parametrize("genre", ["pop", "ambient", "acoustic"])
def test_a_loop_neither_begins_softly_nor_ends(piece: Any, genre: str) -> None:
    """Its first and last two seconds are as loud as what is between."""
    heard = piece(12, genre=genre, bpm=120, loop=True)
    middle = loudness(part(heard, 2, 10))

    assert loudness(part(heard, 0, 2)) == pytest.approx(middle, abs=2)
    assert loudness(part(heard, 10, 12)) == pytest.approx(middle, abs=2)


def test_a_loop_of_whole_beats_keeps_its_tempo_round_the_seam(piece: Any) -> None:
    """Played three times it has one tempo."""
    heard = piece(8, genre="pop", bpm=120, loop=True)

    assert tempo(np.concatenate((heard, heard, heard)), 90, 160) == pytest.approx(120, rel=0.002)


@pytest.mark.parametrize("odd", [None, 0, "yes", 1, False])
def test_only_true_is_a_wish_for_a_loop(piece: Any, odd: object) -> None:
    """Anything else is a piece with an end."""
    assert np.array_equal(piece(5, genre="pop", loop=odd), piece(5, genre="pop"))
