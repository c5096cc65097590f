"""Text becomes lines where its script breaks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.media.picture.wrapping import balanced, longest, wrapped

TEXTS = st.text(st.sampled_from("ab 海洋，。（）《》“”.,(-…\n"), max_size=60)


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 13, ["one two three"]),
        ("海洋日落航拍", 4, ["海洋日落", "航拍"]),
        ("海洋日落，航拍", 4, ["海洋日", "落，航拍"]),
        ("他说《海洋》好", 3, ["他说", "《海", "洋》好"]),
        ("海洋sunset航拍", 6, ["海洋", "sunset", "航拍"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("one\ntwo", 20, ["one", "two"]),
        ("one\n\ntwo", 20, ["one", "", "two"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_between_words_and_between_hanzi(
    text: str, limit: int, lines: list[str]
) -> None:
    """Every character here is one wide."""
    assert wrapped(text, len, limit) == lines


@given(text=TEXTS, limit=st.integers(1, 20))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, limit: int) -> None:
    """The lines hold all that is no space, in its order, and only a single character is over the limit."""
    lines = wrapped(text, len, limit)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= limit for line in lines)


@given(text=TEXTS, limit=st.integers(4, 20))
def test_balanced_lines_are_as_few(text: str, limit: int) -> None:
    """Evening out the lines costs none."""
    lines = balanced(text, len, limit)

    assert len(lines) <= len(wrapped(text, len, limit))
    assert all(len(line) <= limit for line in lines)


def test_balanced_lines_leave_no_widow() -> None:
    """A last word does not stand alone where two even lines are to be had."""
    assert wrapped("aa bb cc dd ee ff", len, 14) == ["aa bb cc dd ee", "ff"]
    assert balanced("aa bb cc dd ee ff", len, 14) == ["aa bb cc", "dd ee ff"]


def test_the_longest_piece_is_a_word_with_its_punctuation() -> None:
    """That is what has to fit on a line."""
    assert longest("a (bracketed), word", len) == len("(bracketed),")
    assert longest("", len) == 0
