"""Who is asked for is heard."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nemovideo_fakeserver.agent.reading.genres import GENRES, INSTRUMENTS, MOODS, PARTS
from nemovideo_fakeserver.media.score.character import MOODS as CHARACTERS
from nemovideo_fakeserver.media.score.form import ENERGY
from nemovideo_fakeserver.media.score.styles import STYLES
from nemovideo_fakeserver.media.score.voices.drums import DRUMS
from nemovideo_fakeserver.media.score.voices.ensemble import INSTRUMENTS as VOICES
from nemovideo_fakeserver.media.score.voices.ensemble import PITCHED
from nemovideo_fakeserver.media.score.voices.voice import Voice
from support.listening import chroma, loudness, part, share, tempo

A = 69


def test_every_word_of_the_agent_means_something_to_the_band() -> None:
    """Genres, moods, instruments and parts that a brief can name are known, and genres have the same players."""
    assert set(INSTRUMENTS._spellings) == set(VOICES)
    assert set(MOODS._spellings) == set(CHARACTERS)
    assert set(PARTS._spellings) == set(ENERGY)
    for name, genre in GENRES.items():
        assert STYLES[name].instruments == genre.instruments
        assert (STYLES[name].mood,) == genre.moods


@pytest.mark.parametrize("name", VOICES)
def test_every_instrument_is_heard_alone(piece: Any, name: str) -> None:
    """Each plays by itself, about as loud as all others, centred, in time and (if it has tones) in tune."""
    heard = piece(5, instruments=[name], bpm=200, key="D major", loop=True)
    left, right = heard.T

    assert loudness(heard) == pytest.approx(-18, abs=1.5)
    assert abs(loudness(left) - loudness(right)) < 6
    assert tempo(heard, 150, 260) == pytest.approx(200, rel=0.01)
    if name in PITCHED:
        assert chroma(heard)[[2, 4, 6, 7, 9, 11, 1]].sum() > 0.9


def fingerprint(voice: Voice) -> NDArray[np.float64]:
    """Levels of the first eight harmonics of an A, soon after its beginning and late, in dB."""
    note = voice.note(A, 1.2, 0.6).mean(axis=0)
    levels = []
    for begin in (0.02, 0.9):
        power = np.abs(np.fft.rfft(part(note, begin, begin + 0.2), 9_600)) ** 2
        levels += [power[88 * n - 6 : 88 * n + 7].sum() for n in range(1, 9)]
    decibels: NDArray[np.float64] = 10 * np.log10(np.maximum(np.array(levels) / max(levels), 1e-5))
    return decibels


def test_no_two_instruments_sound_alike() -> None:
    """Some harmonic of one is at least 4 dB from the other's."""
    prints = {name: fingerprint(voice) for name, voice in PITCHED.items()}

    for one, other in combinations(prints, 2):
        assert np.abs(prints[one] - prints[other]).max() > 4, (one, other)


@pytest.mark.parametrize("voice", [*PITCHED.values(), *DRUMS.values()])
@pytest.mark.parametrize("seconds", [0.1, 1.0])
def test_a_note_begins_and_ends_in_silence(voice: Voice, seconds: float) -> None:
    """However short it is held, a note can be laid anywhere without a click, and is gone in time."""
    note = voice.note(A, seconds, 1.0)

    assert np.abs(note[:, [0, -1]]).max() < 1e-3
    assert note.shape[1] < 48_000 * 2.2
    assert np.isfinite(note).all()
    assert note.dtype == np.float32


@pytest.mark.parametrize("voice", PITCHED.values(), ids=PITCHED.keys())
def test_an_instrument_plays_the_pitch_it_is_given(voice: Voice) -> None:
    """The spectrum repeats at 440 Hz, of which even the strongest partial is a multiple."""
    middle = voice.note(A, 1.0, 0.6).mean(axis=0)
    power = np.abs(np.fft.rfft(middle * np.hanning(len(middle)))) ** 2
    strongest = int(np.argmax(power)) * 48_000 / len(middle)

    assert strongest / 440 == pytest.approx(max(1, round(strongest / 440)), rel=0.01)


def test_a_tone_is_brighter_or_duller() -> None:
    """A bright note of the same pitch has more above 2 kHz."""
    for voice in (PITCHED["piano"], PITCHED["strings"], DRUMS["snare"]):
        dull, bright = (share(voice.note(60, 1, tone).T, 2_000, 24_000) for tone in (0.1, 0.9))
        assert bright > 1.5 * dull


def test_with_and_without_drums(piece: Any) -> None:
    """Drums bring noise above 5 kHz; drums alone have no tones to speak of."""
    notes = {"bpm": 100, "key": "C major", "loop": True}
    without, among, alone = (
        piece(4, instruments=names, **notes)
        for names in (["piano", "bass"], ["piano", "bass", "drums"], ["drums"])
    )

    assert share(without, 5_000, 24_000) < 0.002
    assert share(among, 5_000, 24_000) > 5 * share(without, 5_000, 24_000)
    assert share(alone, 250, 800) < 0.2 * share(without, 250, 800)


def test_a_bass_fills_the_lowest_octaves(piece: Any) -> None:
    """With a bass there is more below 110 Hz than without."""
    notes = {"bpm": 100, "key": "C major", "loop": True}
    with_bass, without = (
        share(piece(4, instruments=names, **notes), 30, 110)
        for names in (["piano", "bass"], ["piano"])
    )

    assert with_bass > 1.5 * without


def test_players_apart_are_gone_in_mono() -> None:
    """What makes strings wide cancels out: the sum of both ears is one player, not a beating pair."""
    wide = PITCHED["strings"].note(A, 1.0, 0.6)
    assert np.abs(wide[0] - wide[1]).max() > 0.05

    levels = [loudness(part(wide.mean(axis=0), at, at + 0.05)) for at in np.arange(0.2, 0.9, 0.05)]
    assert max(levels) - min(levels) < 1
