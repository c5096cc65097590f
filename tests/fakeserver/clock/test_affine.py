from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH, LATEST, Clock

seconds = st.floats(min_value=0, max_value=1e6)
rates = st.floats(min_value=0.001, max_value=1e4)


class Watch:
    """Real seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.shows = 100.0

    def __call__(self) -> float:
        """Return what the watch shows."""
        return self.shows


def test_time_begins_at_a_recognisable_instant() -> None:
    """A new clock shows 2033-03-03T03:33:33Z and stands."""
    clock = Clock()

    assert clock.now() == EPOCH == 1993433613.0
    assert clock.rate == 0


@given(rates, seconds)
def test_time_runs_at_its_rate(rate: float, passed: float) -> None:
    """After some real seconds a clock has gone on by that many times its rate."""
    watch = Watch()
    clock = Clock(0, rate=rate, real=watch)

    watch.shows += passed

    assert clock.now() == pytest.approx(passed * rate, abs=1e-6)


@given(rates, rates, seconds, seconds)
def test_changing_the_rate_moves_nothing(
    before: float, after: float, first: float, second: float
) -> None:
    """A new rate counts from the moment it is set; time up to then stays."""
    watch = Watch()
    clock = Clock(0, rate=before, real=watch)

    watch.shows += first
    clock.set_rate(after)
    watch.shows += second

    assert clock.rate == after
    assert clock.now() == pytest.approx(first * before + second * after, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("rate", "ahead", "delay"),
    [(0.0, 5.0, None), (0.0, 0.0, 0.0), (0.0, -1.0, 0.0), (1.0, 5.0, 5.0), (60.0, 30.0, 0.5)],
)
def test_real_delay(rate: float, ahead: float, delay: float | None) -> None:
    """A deadline is so many real seconds away, none if it is past, and never while time stands."""
    clock = Clock(rate=rate, real=Watch())

    assert clock.real_delay(clock.now() + ahead) == delay


def test_a_jump_arrives_exactly() -> None:
    """While time stands, a jump to a moment shows that very number."""
    clock = Clock()

    clock.jump_to(EPOCH + 0.1)
    clock.jump(0)

    assert clock.now() == EPOCH + 0.1


@pytest.mark.parametrize("seconds", [-0.001, -math.inf, math.nan, math.inf])
def test_time_never_goes_backwards(seconds: float) -> None:
    """A jump into the past, or to no time at all, is refused and changes nothing."""
    clock = Clock()

    with pytest.raises(ValueError, match=r"time does not go backwards|no point in time"):
        clock.jump(seconds)

    assert clock.now() == EPOCH


class Hasty(Watch):
    """A watch on which a second passes between any two looks."""

    def __call__(self) -> float:
        """Return what the watch shows, and a second more the next time."""
        self.shows += 1
        return self.shows


@pytest.mark.parametrize("rate", [0.0, 60.0, 1e9])
@pytest.mark.parametrize("seconds", [0.0, 1e-6, 5.0])
def test_a_jump_goes_forward_however_fast_time_runs(rate: float, seconds: float) -> None:
    """What passes while a jump is made does not turn it into one backwards."""
    clock = Clock(0, rate=rate, real=Hasty())

    before = clock.now()
    clock.jump(seconds)

    assert clock.now() >= before + seconds


@pytest.mark.parametrize("rate", [0.0, 60.0, 1e9])
def test_a_jump_to_next_without_waiters_stays(rate: float) -> None:
    """Where nobody waits there is no next, and that is no error; running time runs on."""
    clock = Clock(0, rate=rate, real=Hasty())

    before = clock.now()
    clock.jump_next()

    assert clock.now() >= before
    assert rate or clock.now() == 0


def test_running_time_ends_before_dates_do() -> None:
    """At the end of time a clock stands, still takes a jump of nothing, and wakes nobody for later."""
    watch = Watch()
    clock = Clock(LATEST - 5, rate=1e9, real=watch)

    watch.shows += 1
    clock.jump(0)
    clock.jump_next()

    assert clock.now() == LATEST
    assert clock.real_delay(LATEST) == 0
    assert clock.real_delay(LATEST + 1) is None


@pytest.mark.parametrize("rate", [0.0, 1e9])
def test_no_jump_leads_beyond_the_end_of_time(rate: float) -> None:
    """Such a jump is refused and names where time ends."""
    clock = Clock(LATEST, rate=rate)

    with pytest.raises(ValueError, match=r"221845392000 \(the year 9000\), where time ends"):
        clock.jump(1)

    assert clock.now() == LATEST


@pytest.mark.parametrize("start", [-1.0, LATEST + 1, math.inf, math.nan])
def test_a_clock_begins_within_time(start: float) -> None:
    """A start no reply could date is refused when the clock is made."""
    with pytest.raises(ValueError, match=f"{start!r} is no point in time"):
        Clock(start)


@pytest.mark.parametrize("rate", [-1.0, math.inf, math.nan])
def test_impossible_rates_are_refused(rate: float) -> None:
    """An error for a negative or infinite rate names it."""
    clock = Clock()

    with pytest.raises(ValueError, match=f"at rate {rate!r}"):
        clock.set_rate(rate)
    with pytest.raises(ValueError, match=f"at rate {rate!r}"):
        Clock(rate=rate)
