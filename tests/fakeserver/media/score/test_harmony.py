"""Music is in its key."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.score.harmony import Key, chord, key, progression
from support.listening import chroma, part

MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
FLAT = Chance("0")


@pytest.mark.parametrize(
    ("written", "tonic", "scale"),
    [("C major", 0, MAJOR), ("F# minor", 6, MINOR), ("Bb major", 10, MAJOR), ("E minor", 4, MINOR)],
)
@pytest.mark.parametrize("genre", ["pop", "classical"])
def test_what_sounds_is_in_the_scale_of_the_key(
    piece: Any, genre: str, written: str, tonic: int, scale: tuple[int, ...]
) -> None:
    """Nearly all tones are among the seven, and those of the tonic chord lead in the first bar."""
    heard = piece(6, genre=genre, key=written, bpm=120, loop=True)
    tones = [(tonic + step) % 12 for step in scale]

    assert chroma(heard)[tones].sum() > 0.95
    assert chroma(part(heard, 0, 2))[tones[0:5:2]].sum() > 0.55


def test_minor_and_major_differ_by_the_third(piece: Any) -> None:
    """A minor has C and hardly C sharp, A major the other way round."""
    minor, major = (
        chroma(piece(6, bpm=120, genre="classical", key=f"A {mode}", loop=True))
        for mode in ("minor", "major")
    )

    assert minor[0] > 20 * minor[1]
    assert major[1] > 20 * major[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A minor", Key(9, minor=True)),
        ("Am", Key(9, minor=True)),
        ("a", Key(9, minor=False)),
        ("A maj", Key(9, minor=False)),
        (" B flat MAJOR ", Key(10, minor=False)),
        ("B♭", Key(10, minor=False)),
        ("f♯m", Key(6, minor=True)),
        ("Cb major", Key(11, minor=False)),
    ],
)
def test_a_key_is_read_in_all_its_spellings(written: str, read: Key) -> None:
    """Signs, words and letters mean the same."""
    assert key(written, FLAT) == read


@pytest.mark.parametrize("odd", ["banana", "H minor", "", 7, None, ["A"], "A minor, please"])
def test_what_is_no_key_is_drawn(odd: object) -> None:
    """Twenty seeds have both modes, and several tonics."""
    drawn = {key(odd, Chance(str(seed))) for seed in range(20)}

    assert {k.minor for k in drawn} == {True, False}
    assert len({k.tonic for k in drawn}) > 5
    assert key(odd, FLAT) == key(None, FLAT)


@pytest.mark.parametrize("minor", [False, True])
def test_every_step_of_every_chord_is_in_the_scale(minor: bool) -> None:
    """Chords are built of thirds within the scale, and begin at home."""
    home = Key(3, minor=minor)
    for feel in ("", "gentle", "smooth", "blue"):
        steps = progression(minor, feel, FLAT)
        assert steps[0] == 0
        for step in steps:
            pitches = home.voicing(chord(step, seventh=True), 55)
            assert all((p - 3) % 12 in (MINOR if minor else MAJOR) for p in pitches)
            assert pitches == sorted(pitches)
            assert 55 <= pitches[0] <= pitches[-1] < 67


def test_the_seed_draws_other_progressions_and_melodies(piece: Any) -> None:
    """The same brief under two seeds is two pieces."""
    notes = {"genre": "pop", "bpm": 100, "key": "C major"}

    assert not np.array_equal(piece(2, 1, **notes), piece(2, 2, **notes))
