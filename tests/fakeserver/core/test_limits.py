from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.limits import SecondChance, Window

SECONDS = 60.0
gaps = st.lists(st.integers(0, 40_000).map(lambda ms: ms / 1000), max_size=40)


@given(st.integers(1, 4), gaps)
def test_a_window_lets_pass_what_a_plain_count_would(limit: int, gaps: list[float]) -> None:
    """A key may act exactly when fewer than `limit` of its acts lie within the last `seconds`."""
    window = Window(limit, SECONDS)
    acts: list[float] = []
    now = EPOCH
    for gap in gaps:
        now += gap
        recent = sum(act + SECONDS > now for act in acts)

        assert (window.wait("ann", now) == 0) == (recent < limit)
        if recent < limit:
            window.count("ann", now)
            acts.append(now)


@given(st.integers(1, 4), gaps)
def test_the_wait_is_exact_to_the_second(limit: int, gaps: list[float]) -> None:
    """After the whole seconds told the key may act, one second earlier it may not."""
    window = Window(limit, SECONDS)
    now = EPOCH
    for gap in gaps:
        now += gap
        wait = window.wait("ann", now)
        if wait:
            assert window.wait("ann", now + wait - 1) == 1
            now += wait

        assert window.wait("ann", now) == 0
        window.count("ann", now)


def test_asking_uses_nothing_up() -> None:
    """Only counting counts, however often somebody asks."""
    window = Window(1, SECONDS)

    asked = [window.wait("ann", EPOCH) for _ in range(3)]

    assert asked == [0, 0, 0]


def test_keys_do_not_see_each_other() -> None:
    """One key at its limit leaves the next one free."""
    window = Window(1, SECONDS)

    window.count("ann", EPOCH)

    assert window.wait("ann", EPOCH) == 60
    assert window.wait("bob", EPOCH) == 0


def test_without_a_limit_everybody_passes() -> None:
    """None is no limit, and nothing is remembered."""
    window = Window(None, SECONDS)
    for _ in range(100):
        window.count("ann", EPOCH)

    assert window.wait("ann", EPOCH) == 0


def test_a_limit_of_nothing_lets_nobody_pass() -> None:
    """However long they wait."""
    window = Window(0, SECONDS)

    assert window.wait("ann", EPOCH) == window.wait("ann", EPOCH + 1000) == 60


def test_a_second_chance_comes_after_thirty_seconds() -> None:
    """The first refusal starts the wait, asking meanwhile does not start it anew."""
    chance = SecondChance()

    waits = [chance.wait("ann", EPOCH + passed) for passed in (0.0, 10.0, 29.5, 30.0)]

    assert waits == [30, 20, 1, 0]


def test_a_second_chance_is_used_up() -> None:
    """Who was let through is refused the next time; others wait for their own."""
    chance = SecondChance()
    chance.wait("ann", EPOCH)
    chance.wait("ann", EPOCH + 40)

    assert chance.wait("ann", EPOCH + 40) == 30
    assert chance.wait("bob", EPOCH + 40) == 30


def test_what_is_uncounted_was_never_there() -> None:
    """One event of several goes; one that is not there does not matter."""
    window = Window(2, SECONDS)
    for at in (EPOCH, EPOCH + 10):
        window.count("ann", at)
    window.uncount("ann", EPOCH)
    window.uncount("ann", EPOCH + 5)
    window.uncount("bob", EPOCH)

    assert window.wait("ann", EPOCH + 10) == 0
    window.count("ann", EPOCH + 10)
    assert window.wait("ann", EPOCH + 10) == 60
