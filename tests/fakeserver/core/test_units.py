"""Times and sizes as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.units import in_words, seconds, seconds_text, size, size_text

DAY = 86_400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("604800", 604_800),
        ("7d", 604_800),
        ("1.5h", 5_400),
        ("15m", 900),
        ("90s", 90),
        ("90 s", 90),
        ("0.25", 0.25),
    ],
)
def test_a_time_is_read_with_its_unit(text: str, expected: float) -> None:
    """Days, hours, minutes and seconds; a bare number is seconds."""
    assert seconds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1000", 1000), ("1KB", 1 << 10), ("500 mb", 500 << 20), ("2GB", 2 << 30), ("7B", 7)],
)
def test_a_size_is_read_with_its_unit(text: str, expected: int) -> None:
    """Units are powers of 1024, in either case; a bare number is bytes."""
    assert size(text) == expected


@pytest.mark.parametrize("text", ["d", "-1", "1w", "1e3", "7 days", "٧d", "1.d", "inf", "1" * 20])
def test_what_is_no_time_is_refused(text: str) -> None:
    """Words, signs, exponents and digits of other scripts are no times, nor sizes."""
    with pytest.raises(ValueError, match="is no time"):
        seconds(text)
    with pytest.raises(ValueError, match="is no size"):
        size(text)


@given(st.integers(0, 3650 * DAY) | st.floats(0.1, 1e6).map(lambda number: round(number, 3)))
def test_a_time_written_down_is_the_same_time(span: float) -> None:
    """Whatever unit it is written in."""
    assert seconds(seconds_text(span)) == span


@given(st.integers(0, 2**40))
def test_a_size_written_down_is_the_same_size(count: int) -> None:
    """Whatever unit it is written in."""
    assert size(size_text(count)) == count


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (7 * DAY, "7 days"),
        (3600, "1 hour"),
        (90, "90 seconds"),
        (1, "1 second"),
        (0.5, "0.5 seconds"),
    ],
)
def test_a_time_in_a_sentence(span: float, words: str) -> None:
    """The largest whole unit, in the singular where there is one."""
    assert in_words(span) == words
