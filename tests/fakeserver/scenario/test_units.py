from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.scenario.units import LONGEST, brief, instant, millis, seconds


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("250ms", 0.25),
        ("2s", 2),
        ("1.5s", 1.5),
        ("5m", 300),
        ("1h30m", 5_400),
        ("7d", 604_800),
        ("1d1h1m1s1ms", 90_061.001),
        ("0s", 0),
        (90, 90),
        (0.5, 0.5),
    ],
)
def test_a_duration_is_a_number_of_seconds_or_a_text_with_units(said: Any, means: float) -> None:
    """Units go from large to small, each at most once; a number is seconds."""
    assert seconds(said) == means


@pytest.mark.parametrize(
    "said", ["", "s", "2", "2 s", "-2s", "30m1h", "2x", "２s", "1e3s", -1, True, None, [], "3661d"]
)
def test_what_is_no_duration_is_refused(said: Any) -> None:
    """Anything else is refused with what would be right."""
    with pytest.raises(Wrong, match="a duration is "):
        seconds(said)


@pytest.mark.parametrize("said", [float("nan"), float("inf"), 10**400, LONGEST + 1])
def test_a_duration_has_an_end(said: Any) -> None:
    """Ten years is the most."""
    with pytest.raises(Wrong, match="from 0 to ten years"):
        seconds(said)


@given(st.floats(0, LONGEST) | st.integers(0, LONGEST * 1_000).map(lambda ms: ms / 1_000))
def test_the_brief_spelling_means_the_same(duration: float) -> None:
    """However it is written, reading it gives exactly the same seconds."""
    assert seconds(brief(duration)) == duration


@pytest.mark.parametrize(
    ("duration", "spelling"),
    [(0, "0s"), (0.25, "250ms"), (90, "1m30s"), (691_200, "8d"), (0.0001, 0.0001)],
)
def test_the_brief_spelling_is_what_people_write(duration: float, spelling: Any) -> None:
    """Whole milliseconds get units, anything finer stays a number."""
    assert brief(duration) == spelling


@pytest.mark.parametrize(("said", "means"), [(3000, 3000), ("3s", 3000), ("1ms", 1), (0, 0)])
def test_a_draft_counts_milliseconds(said: Any, means: int) -> None:
    """A number is milliseconds there, as in the draft itself; a text has its unit."""
    assert millis(said) == means


@pytest.mark.parametrize("said", [-1, 0.5, "0.0001s", "x", True, float("nan"), 10**400])
def test_a_draft_counts_whole_milliseconds(said: Any) -> None:
    """Fractions, negatives and what is no duration are refused."""
    with pytest.raises(Wrong):
        millis(said)


def test_an_instant_is_now_or_a_date() -> None:
    """`now` has no seconds yet; a date without a zone is UTC."""
    known = datetime(2033, 3, 3, 3, 33, 33, tzinfo=UTC).timestamp()

    assert instant("now").seconds is None
    assert instant("2033-03-03T03:33:33Z").seconds == known
    assert instant("2033-03-03T03:33:33").seconds == known
    assert instant("2033-03-03T04:33:33+01:00").seconds == known


@pytest.mark.parametrize("said", ["today", "2033-13-01", "", 5, None])
def test_what_is_no_instant_is_refused(said: Any) -> None:
    """Anything else is told what a time looks like."""
    with pytest.raises(Wrong, match=r"a time is now, or such as 2033-03-03T03:33:33Z, not "):
        instant(said)


@pytest.mark.parametrize("said", ["1969-12-31T23:59:59Z", "9001-01-01", "0001-01-01"])
def test_time_has_two_ends(said: str) -> None:
    """Before 1970 and after the year 9000 no clock can be."""
    with pytest.raises(Wrong, match="lies outside"):
        instant(said)
