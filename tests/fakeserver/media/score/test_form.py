"""A piece has a form: parts, a drop, a beginning and an end."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.media.score.form import ENERGY, formed
from support.listening import loudness, part, share

seconds = st.floats(0.05, 90)


def low(samples: Any) -> float:
    """The loudness of what is below 150 Hz, in dB."""
    return loudness(samples) + 10 * float(np.log10(max(share(samples, 20, 150), 1e-9)))


@given(
    seconds,
    st.floats(0.75, 6),
    st.lists(st.sampled_from(sorted(ENERGY)), max_size=6),
    st.none() | seconds,
    st.booleans(),
)
def test_bars_follow_each_other_without_a_gap(
    lasts: float, bar: float, sections: list[str], drop: float | None, loop: bool
) -> None:
    """From the first sample to the end, and a drop is at a bar line and begins the part of that name."""
    form = formed(lasts, bar, sections=sections, drop=drop, loop=loop)
    bars = list(form.bars())

    assert -bar < bars[0].start <= 0
    assert all(b.start - a.start == pytest.approx(bar) for a, b in pairwise(bars))
    assert bars[-1].start + bars[-1].lasts >= lasts - 1e-6
    assert all(b.lasts == bar for b in bars[:-1])
    if bars[-1].closes:
        assert bars[-1].lasts == pytest.approx(lasts - bars[-1].start)
    assert not (loop and any(b.closes for b in bars))
    assert form.loudest(4)
    if drop is not None and drop < lasts:
        dropped = min(bars, key=lambda b: abs(b.start - drop))
        assert dropped.start == pytest.approx(drop)
        assert (dropped.part, dropped.place) == ("drop", 0)


def test_parts_share_the_bars_in_the_order_asked_for() -> None:
    """Eight bars for four parts are two each."""
    form = formed(16, 2, sections=("intro", "verse", "bridge", "finale"), drop=None, loop=False)

    assert [(s.part, s.first, s.stop) for s in form.spans] == [
        ("intro", 0, 2),
        ("verse", 2, 4),
        ("bridge", 4, 6),
        ("finale", 6, 8),
    ]


def test_a_drop_among_parts_is_where_its_second_says() -> None:
    """Parts before it share what is before; a build leads there even if nobody asked for one."""
    form = formed(40, 2, sections=("intro", "verse", "finale"), drop=31, loop=False)
    parts = [span.part for span in form.spans]

    assert parts == ["intro", "verse", "finale", "build", "drop"]
    assert [bar.part for bar in form.bars() if bar.start == 31] == ["drop"]


def test_the_loudness_follows_the_parts(piece: Any) -> None:
    """Each part is as loud as its energy ranks it, with steps one hears."""
    names = ["intro", "verse", "chorus", "breakdown", "drop"]
    heard = piece(20, instruments=["piano", "drums", "bass"], bpm=120, sections=names, mood="happy")
    levels = [loudness(part(heard, 4 * i + 0.2, 4 * i + 3.6)) for i in range(4)]

    assert levels[0] < levels[1] - 2 < levels[2] - 3
    assert levels[3] < levels[2] - 3
    assert loudness(part(heard, 16, 18)) > levels[3] + 3


@pytest.mark.parametrize(
    ("notes", "drop", "bpm"),
    [
        ({"genre": "electronic"}, 6.0, 128),
        ({"genre": "orchestral"}, 7.3, 80),
        ({"genre": "lo-fi"}, 5.0, 76),
        ({"instruments": ["piano"]}, 6.6, 140),
        ({"instruments": ["drums"]}, 4.1, 90),
    ],
)
def test_at_the_second_of_the_drop_all_sets_in(
    piece: Any, notes: dict[str, Any], drop: float, bpm: float
) -> None:
    """The beat before is nearly still and has no low end; the one after is loud and has."""
    heard = piece(12, drop=drop, bpm=bpm, key="A minor", **notes)
    beat = 60 / bpm
    before, after = part(heard, drop - beat, drop), part(heard, drop, drop + beat)

    assert loudness(after) > loudness(part(heard, drop - beat / 2, drop)) + 12
    assert loudness(after) > loudness(before) + 6
    assert low(after) > low(before) + 20
    assert (
        loudness(part(heard, drop, drop + 4 * beat))
        > loudness(part(heard, drop - 4 * beat, drop)) + 3
    )
    still, struck = part(heard, drop - 0.04, drop), part(heard, drop, drop + 0.04)
    assert loudness(struck) > loudness(still) + 6


@pytest.mark.parametrize("genre", ["pop", "ambient", "folk"])
def test_without_parts_a_piece_begins_softly_and_ends(piece: Any, genre: str) -> None:
    """It starts from nothing, softer than its middle, and the last samples die away."""
    heard = piece(16, genre=genre, bpm=120)
    middle = loudness(part(heard, 8, 13))

    assert loudness(part(heard, 0, 2)) < middle - 2
    assert np.abs(heard[0]).max() < 1e-3
    assert np.abs(heard[-1]).max() < 1e-4
    fall = [loudness(part(heard, 15 + i / 4, 15.25 + i / 4)) for i in range(4)]
    assert fall == sorted(fall, reverse=True)
    assert fall[-1] < middle - 20


@pytest.mark.parametrize("lasts", [6, 9.1, 10, 12.4])
@pytest.mark.parametrize(
    ("bpm", "notes"),
    [
        (80, {"genre": "lo-fi"}),
        (60, {"genre": "rock"}),
        (120, {"instruments": ["piano"]}),
        (150, {"genre": "ambient"}),
        (80, {"instruments": ["bass"]}),
        (100, {"instruments": ["drums"]}),
    ],
)
def test_a_piece_sounds_to_its_end(
    piece: Any, bpm: float, notes: dict[str, Any], lasts: float
) -> None:
    """Whatever is left of its last bar, the last chord rings on; only the fade is the end of it."""
    heard = piece(lasts, bpm=bpm, **notes)
    late = loudness(part(heard, lasts - 0.65, lasts - 0.15))

    assert late > loudness(part(heard, lasts / 3, lasts * 2 / 3)) - 20
    assert late > loudness(part(heard, lasts - 0.15, lasts)) + 6
