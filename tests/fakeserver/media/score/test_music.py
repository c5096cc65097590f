"""Music is as long as it should be, the same each time, and never too loud, whatever a brief holds."""

from __future__ import annotations

import tracemalloc
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.draft import TEMPI
from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.score import band
from nemovideo_fakeserver.media.score.form import ENERGY
from nemovideo_fakeserver.media.score.music import music
from nemovideo_fakeserver.media.score.styles import STYLES
from nemovideo_fakeserver.media.score.voices.ensemble import INSTRUMENTS
from support.listening import heard, loudness, part

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
briefs = st.fixed_dictionaries(
    {},
    optional={
        "bpm": st.integers(*TEMPI) | anything,
        "key": st.sampled_from(["A minor", "Eb major"]) | anything,
        "mood": st.sampled_from(["calm", "epic, dark"]) | anything,
        "genre": st.sampled_from(sorted(STYLES)) | anything,
        "instruments": st.lists(st.sampled_from(INSTRUMENTS) | anything, max_size=3) | anything,
        "loop": st.booleans() | anything,
        "drop": st.floats(0, 3) | anything,
        "sections": st.lists(st.sampled_from(sorted(ENERGY)) | anything, max_size=5) | anything,
        "bass": st.integers(-9, 9) | anything,
    },
)


@settings(max_examples=25, deadline=None)
@given(briefs, st.integers(0, 2**32), st.floats(0, 2))
def test_any_brief_is_played(notes: dict[str, Any], seed: int, seconds: float) -> None:
    """Exactly as long as asked for, in stereo, of finite samples within what a file can hold."""
    chunks = list(music(notes, seed, seconds))

    assert sum(map(len, chunks)) == round(seconds * RATE)
    for chunk in chunks:
        assert chunk.shape[1:] == (2,)
        assert chunk.dtype == np.float32
        assert np.isfinite(chunk).all()
        assert np.abs(chunk).max(initial=0) < 1


@pytest.mark.parametrize("genre", STYLES)
def test_all_genres_are_about_equally_loud(piece: Any, genre: str) -> None:
    """Where most goes on, a piece is at -18 dB."""
    assert loudness(piece(3, genre=genre, loop=True, bpm=160)) == pytest.approx(-18, abs=1.5)


def test_a_genre_has_a_sound_of_its_own(piece: Any) -> None:
    """Under one seed, tempo and key no two genres are the same music; an unknown one is as none."""
    same = {"bpm": 110, "key": "C major", "loop": True}
    first = [piece(5, genre=genre, **same) for genre in ("pop", "house", "jazz")]

    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first[0], first[2])
    assert np.array_equal(piece(2, genre="polka of doom"), piece(2))


def test_the_same_brief_is_the_same_music(piece: Any) -> None:
    """Bit by bit, whatever was played before or is played meanwhile."""
    notes = {"genre": "house", "bpm": 121, "drop": 2.5}
    one, other = music(notes, 9, 5), music(notes, 9, 5)
    between = music({"genre": "house"}, 8, 5)

    assert np.array_equal(next(one), next(other))
    next(between)
    assert np.array_equal(heard(one), heard(other))
    assert np.array_equal(piece(5, 9, **notes), heard(music(notes, 9, 5)))


def test_an_hour_begins_at_once_and_takes_no_more_memory_than_a_minute() -> None:
    """What is held is what still sounds and notes to play again: after ten bars it does not grow."""
    tracemalloc.start()
    try:
        chunks = music({"genre": "pop", "bpm": 180}, 3, 3600)
        held = []
        for _ in range(4):
            for chunk in islice(chunks, 12):
                assert len(chunk) < 8 * RATE
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()

    assert max(held) < 60_000_000
    assert held[3] < 1.2 * held[2]


def test_notes_forgotten_are_played_again_alike(
    piece: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A band that keeps few notes plays the same, in less memory."""
    notes = {"genre": "jazz", "bpm": 150}
    whole, wholly = _peak(notes)
    monkeypatch.setattr(band, "_KEPT", 100_000)
    again, little = _peak(notes)

    assert np.array_equal(whole, again)
    assert little < 0.8 * wholly


def _peak(notes: dict[str, Any]) -> tuple[Samples, int]:
    """A piece, and the most memory it took but for the piece itself."""
    tracemalloc.start()
    try:
        chunks = heard(music(notes, 3, 12))
        return chunks, tracemalloc.get_traced_memory()[1] - 2 * chunks.nbytes
    finally:
        tracemalloc.stop()


def test_stereo_has_width_and_survives_mono(piece: Any) -> None:
    """The ears hear different things, and their mean loses less than 2 dB."""
    full = part(piece(5, genre="pop", loop=True, bpm=110), 0, 5)
    difference = loudness(full[:, 0] - full[:, 1])

    assert -40 < difference < loudness(full)
    assert loudness(full.mean(axis=1)) > loudness(full) - 2


@pytest.mark.parametrize(
    "instruments", [["Piano", " DRUMS "], ["piano", "theremin", "drums", 7, "piano"]]
)
def test_instruments_are_known_by_name(piece: Any, instruments: list[Any]) -> None:
    """However they are written, each once; those nobody knows are left out."""
    assert np.array_equal(
        piece(2, instruments=instruments, bpm=100),
        piece(2, instruments=["piano", "drums"], bpm=100),
    )
