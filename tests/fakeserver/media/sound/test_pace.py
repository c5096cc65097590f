"""A sound that plays faster or slower keeps its pitch, its level, its length and its time."""

from __future__ import annotations

from math import prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.sound.mixing import mixed
from nemovideo_fakeserver.media.sound.pace import paced, steps
from support.listening import heard, loudness, part
from support.sounding import clip, sides, tone, written

SPEEDS = (0.1, 0.5, 0.8, 1.0, 1.5, 2.0, 4.0, 10.0)


def played(sound: Samples, speed: float, size: int = 1024) -> Samples:
    """All of a sound that came in chunks of a size."""
    chunks = (sound[at : at + size] for at in range(0, len(sound), size))
    return np.concatenate([np.zeros((0, 2)), *paced(chunks, speed)])


def hertz(sound: Samples) -> float:
    """How often a tone swings in a second."""
    rising = np.flatnonzero(np.diff(np.signbit(sound[:, 0]).astype(int)) < 0)
    return float((len(rising) - 1) / (rising[-1] - rising[0]) * RATE)


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_tone_keeps_its_pitch_and_its_level(speed: float) -> None:
    """440 Hz are 440 Hz, and as loud, from beginning to end."""
    sound = played(tone(440, 1.0), speed)
    lasts = 1 / speed

    assert len(sound) == round(RATE / speed)
    assert hertz(part(sound, 0.1 * lasts, 0.9 * lasts)) == pytest.approx(440, rel=0.005)
    for at in (0.1, 0.5, 0.85):
        assert loudness(part(sound, at * lasts, (at + 0.1) * lasts)) == pytest.approx(-9, abs=0.5)


@pytest.mark.parametrize("speed", SPEEDS)
def test_what_is_heard_stays_in_its_time(speed: float) -> None:
    """A tone that begins in the middle does so: within a frame of a film, or of the source when it is slow."""
    given = tone(440, 3.0)
    given[: RATE * 3 // 2] = 0
    begins = np.flatnonzero(np.abs(played(given, speed)[:, 0]) > 0.25)[0] / RATE

    assert begins == pytest.approx(1.5 / speed, abs=0.034 / min(1, speed))


def test_its_own_pace_changes_nothing() -> None:
    """At speed 1 every sample is what it was, as it comes."""
    one, other = tone(440, 0.1), tone(660, 0.2)

    first, second = paced([one, other], 1)

    assert (first is one, second is other) == (True, True)


@pytest.mark.parametrize("speed", [0.5, 3.0])
def test_the_sides_are_kept_apart(speed: float) -> None:
    """A silent left stays silent; one channel on both stays one."""
    sound = played(sides(tone(440, 0.5, 0.0), tone(440, 0.5)), speed)
    both = played(tone(440, 0.5), speed)

    assert not sound[:, 0].any()
    assert loudness(part(sound[:, 1], 0.1 / speed, 0.4 / speed)) == pytest.approx(-9, abs=0.5)
    assert np.array_equal(both[:, 0], both[:, 1])


@settings(max_examples=40)
@given(
    st.integers(0, 9_000),
    st.floats(0.1, 10),
    st.lists(st.integers(300, 9_000), min_size=1, max_size=2),
)
def test_any_sound_is_as_long_as_its_pace_says(
    samples: int, speed: float, sizes: list[int]
) -> None:
    """To the sample, in chunks of any size, and the chunks do not matter."""
    sound = tone(440, samples / RATE)

    made = [played(sound, speed, size) for size in sizes]

    assert {len(one) for one in made} == {round(samples / speed)}
    assert all(np.array_equal(one, made[0]) for one in made)


@given(st.floats(0.1, 10))
def test_steps_make_the_speed(speed: float) -> None:
    """No step leaves anything out, and together they are as fast."""
    assert prod(steps(speed)) == pytest.approx(speed)
    assert all(0.5 <= step <= 2 for step in steps(speed))


@pytest.mark.parametrize("speed", [0.5, 2.0])
def test_a_clip_is_heard_at_its_pace(speed: float, tmp_path: Path) -> None:
    """From its place in the source, for its time, at its pitch, and not longer."""
    given = np.concatenate([tone(880, 0.5), tone(440, 0.5)])
    file = written(tmp_path / "two.wav", given)
    about = {"offset": 0.4, "speed": speed, "seconds": 0.6 / speed}

    made = heard(mixed([[clip(file, **about)]], round(0.8 / speed * RATE)))

    assert hertz(part(made, 0.02 / speed, 0.07 / speed)) == pytest.approx(880, rel=0.03)
    assert hertz(part(made, 0.2 / speed, 0.5 / speed)) == pytest.approx(440, rel=0.01)
    assert not part(made, 0.6 / speed, 0.8 / speed).any()
