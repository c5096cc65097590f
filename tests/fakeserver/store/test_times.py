from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH, LATEST
from nemovideo_fakeserver.store.times import instant, since, spelled

_TIMES = st.floats(0, LATEST, allow_subnormal=False)


@given(_TIMES | st.integers(0, int(LATEST)).map(float))
def test_what_is_written_is_read_to_the_last_digit(at: float) -> None:
    """Any time comes back as the very same float."""
    assert instant(spelled(at)) == at


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (EPOCH, "2033-03-03T03:33:33Z"),
        (EPOCH + 0.25, "2033-03-03T03:33:33.25Z"),
        (EPOCH + 0.1, "2033-03-03T03:33:33.1Z"),
        (1e-7, "1970-01-01T00:00:00.0000001Z"),
        (0.0, "1970-01-01T00:00:00Z"),
    ],
)
def test_times_are_written_as_people_read_them(at: float, text: str) -> None:
    """A date and a time in UTC, with no more digits than it takes."""
    assert spelled(at) == text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2033-03-03 03:33", EPOCH - 33),
        ("2033-03-03T05:33:33.5+02:00", EPOCH + 0.5),
        ("2033-03-03T03:33:33", EPOCH),
    ],
)
def test_people_may_write_times_otherwise(text: str, at: float) -> None:
    """With another zone, without one, without seconds."""
    assert instant(text) == at


@pytest.mark.parametrize("wrong", ["now", "2033-13-03T00:00:00Z", "1969-12-31T23:59:59Z", 5, None])
def test_what_is_no_time_is_refused(wrong: object) -> None:
    """The sentence shows a time, and what stands there instead."""
    with pytest.raises(ValueError, match=r"a time is such as 2033-03-03T03:33:33Z, not "):
        instant(wrong)


@given(_TIMES, st.floats(-1e6, 1e6))
def test_a_span_leads_back_to_its_end(begin: float, seconds: float) -> None:
    """However a time was computed from another, the span between them gives it again."""
    at = begin + seconds

    assert begin + since(begin, at) == at


def test_a_span_is_as_short_as_it_was() -> None:
    """A time that lies so many milliseconds later is said to do so."""
    assert since(EPOCH + 0.1, EPOCH + 0.1 + 7.415) == 7.415
