"""Words are set as large as asked, or as they fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.media.picture.face import face
from nemovideo_fakeserver.media.picture.typesetting import LEAST, SLANT, Block


def test_words_that_fit_have_the_size_asked_for() -> None:
    """Nothing is enlarged, nothing is made smaller."""
    assert Block.fitted("Paradise Found", 20, 400, 100) == Block(("Paradise Found",), 20)


@given(
    text=st.text(st.sampled_from("abc 海。\n"), max_size=80),
    size=st.integers(4, 60),
    width=st.integers(40, 200),
    height=st.integers(40, 200),
)
def test_what_is_set_is_within_the_room(text: str, size: int, width: int, height: int) -> None:
    """Every line is within the width, all together within the height, at no more than the size."""
    block = Block.fitted(text, size, width, height)

    assert block.size <= size
    assert block.height <= height
    assert all(face(block.size).width(line) <= width for line in block.lines)


def test_a_long_word_makes_all_smaller_before_it_is_broken() -> None:
    """A title of one word stays one; a word without end does not."""
    assert Block.fitted("Congratulations", 40, 250, 100).lines == ("Congratulations",)
    assert len(Block.fitted("x" * 100, 40, 250, 200).lines) > 1


def test_what_does_not_fit_at_the_least_size_ends_in_an_ellipsis() -> None:
    """Of a hundred lines in the room for three, three are there, and say that there were more."""
    block = Block.fitted("\n".join("abc" for _ in range(100)), 20, 50, 3.5 * 1.3 * LEAST)

    assert block == Block(("abc", "abc", "abc…"), LEAST)


@pytest.mark.parametrize(("align", "left"), [(0.0, 0), (0.5, 100), (1.0, 200)])
def test_lines_stand_where_they_are_aligned(align: float, left: int) -> None:
    """The ink of a line begins on the left, or so that it ends on the right, or between."""
    block = Block(("Hello",), 20)
    columns = np.flatnonzero(block.ink(200 + round(face(20).width("Hello")), align).any(axis=0))

    assert columns[0] - block.bleed == pytest.approx(left, abs=3)


@pytest.mark.parametrize("slant", [0.0, SLANT])
def test_a_line_leaves_the_tails_of_the_one_above_it(slant: float) -> None:
    """The ink of two lines is that of each, at its height."""
    upper, lower, both = (Block(lines, 20).ink(80, 0, 2, slant) for lines in (("gjpq",), ("", "ÄÅÉ"), ("gjpq", "ÄÅÉ")))  # fmt: skip
    expected = lower.copy()
    expected[: len(upper)] = np.maximum(upper, lower[: len(upper)])

    assert (both == expected).all()
