from __future__ import annotations

import pytest

from nemovideo_fakeserver.judge.wording import clean, credits_, instant, shown, spell


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.5, "0.5 s"),
        (30, "30 s"),
        (119, "119 s"),
        (119.9, "2 min"),
        (120, "2 min"),
        (199.4, "3 min 19 s"),
        (601, "10 min 1 s"),
        (7199.9, "2 h"),
        (9000, "2 h 30 min"),
        (604_800, "7 days"),
    ],
)
def test_lengths_of_time_are_told_as_people_would(seconds: float, words: str) -> None:
    """A larger unit from twice its size on, and what is left of it in the next smaller one."""
    assert spell(seconds) == words


def test_texts_are_quoted_on_one_line() -> None:
    """Cut with an ellipsis, white space made one space."""
    assert shown("a \n b") == '"a b"'
    assert shown("x" * 60, 5) == '"xxxx…"'
    assert clean("a\x07b") == "a\ufffdb"


def test_instants_and_credits() -> None:
    """As the documents print them."""
    assert instant(0.9) == "1970-01-01T00:00:00Z"
    assert [credits_(number) for number in (0, 1, 50)] == ["0 credits", "1 credit", "50 credits"]
