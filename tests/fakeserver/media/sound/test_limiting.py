"""What would be too loud is turned down as a whole; all else passes as it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.sound.limiting import CEILING, limited
from nemovideo_fakeserver.media.sound.windows import WINDOW
from support.listening import heard
from support.sounding import off, tone


def blocks(samples: Samples, windows: int = 50) -> Iterator[Samples]:
    """The samples in blocks of whole windows."""
    return (samples[at : at + windows * WINDOW] for at in range(0, len(samples), windows * WINDOW))


def test_what_is_not_too_loud_is_not_touched() -> None:
    """Up to -1 dBFS every sample comes out as it went in."""
    given_ = tone(440, 1.3, CEILING)

    assert np.array_equal(heard(limited(blocks(given_))), given_)


def test_the_ceiling_leaves_room_for_an_encoder() -> None:
    """The loudest that comes out is -1 dBFS, 0.891."""
    made = heard(limited(blocks(tone(440, 0.5, 3.0))))

    assert np.abs(made).max() == pytest.approx(0.891, abs=0.0005)


def test_what_is_too_loud_keeps_its_shape() -> None:
    """Twice the ceiling comes out as the same wave at the ceiling, not as one with its tops cut off."""
    given_ = tone(440, 1.0, 2 * CEILING)

    made = heard(limited(blocks(given_)))

    assert off(made, given_ * np.float32(0.5)) < 0.002


def test_the_level_is_down_before_the_peak_and_recovers_after_it() -> None:
    """One loud click in a soft tone lowers the tone around it, and only there."""
    given_ = tone(440, 2.0, 0.3)
    given_[RATE] = 1.5

    made = heard(limited(blocks(given_)))

    changed = np.flatnonzero((made != given_).any(axis=1))
    assert np.abs(made).max() == pytest.approx(CEILING, abs=1e-6)
    assert RATE - 2 * WINDOW <= changed[0] < RATE
    assert RATE < changed[-1] < RATE + RATE // 4


@settings(max_examples=40)
@given(
    loud=st.lists(st.tuples(st.integers(0, 9_999), st.floats(-9, 9)), max_size=5),
    level=st.floats(0, 3),
    windows=st.integers(1, 30),
)
def test_nothing_is_ever_too_loud(
    loud: list[tuple[int, float]], level: float, windows: int
) -> None:
    """Wherever peaks are, none comes out above the ceiling, and blocks of any size give the same."""
    given_ = tone(97, 10_000 / RATE, level)
    for at, peak in loud:
        given_[at] = peak

    made = heard(limited(blocks(given_)))

    assert len(made) == len(given_)
    assert np.abs(made).max(initial=0) <= CEILING + 1e-6
    assert np.array_equal(made, heard(limited(blocks(given_, windows))))
