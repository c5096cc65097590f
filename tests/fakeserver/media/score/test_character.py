"""Moods and wishes change the sound the way their words say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nemovideo_fakeserver.media.score.character import MOODS, Character, character
from support.listening import centroid, loudness, share


@pytest.mark.parametrize("names", [["piano"], ["strings", "bass"], ["drums"]])
def test_gentle_music_is_softer_and_darker_than_fierce_music(piece: Any, names: list[str]) -> None:
    """Whoever plays: calm and soft against energetic and tense."""
    calm, soft, tense, fierce = (
        piece(4, instruments=names, mood=mood, bpm=100, key="C major", loop=True)
        for mood in ("calm", "soft", "tense", "energetic")
    )

    for gentle in (calm, soft):
        for other in (tense, fierce):
            assert loudness(gentle) < loudness(other) - 0.5
            assert centroid(gentle) < 0.9 * centroid(other)


@pytest.mark.parametrize(
    "notes", [{"genre": "pop"}, {"genre": "cinematic"}, {"instruments": ["piano"]}]
)
def test_more_bass_is_more_of_what_is_low(piece: Any, notes: dict[str, Any]) -> None:
    """A step up or down changes its share, and not how loud it is altogether."""
    steps = [piece(4, bpm=100, key="C major", loop=True, bass=step, **notes) for step in (-1, 0, 1)]
    less, plain, more = (share(heard, 20, 200) for heard in steps)

    assert less < 0.85 * plain
    assert more > 1.15 * plain
    assert max(map(loudness, steps)) - min(map(loudness, steps)) < 1


def test_the_first_mood_counts_most() -> None:
    """Of two moods the one named first leads; unknown ones do not count; none is neutral."""
    assert character(["calm", "energetic"]).drive < 0 < character(["energetic", "calm"]).drive
    assert character(["?", "calm"]) == MOODS["calm"]
    assert character([]) == Character(0, 0)


def test_moods_are_read_from_a_list_in_words(piece: Any) -> None:
    """Commas part them; capitals, blanks and words nobody knows do not matter."""
    assert np.array_equal(
        piece(2, genre="pop", mood="calm, warm"), piece(2, genre="pop", mood=" Calm ,oblong,WARM")
    )
