from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.limits import Window

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
