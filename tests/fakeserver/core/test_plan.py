from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver.core.plan import Beat, Drop, Plan, Say, Sign, Trouble

HELLO = Beat(2.0, Say("Hello"))


def test_a_plan_may_say_more_than_talk() -> None:
    """Signs of life, trouble and a broken connection are beats like others, several at one moment."""
    beats = (HELLO, Beat(2.0, Sign()), Beat(3.0, Drop("reset")), Beat(5.0, Trouble("no")))

    plan = Plan(
        kind="edit", beats=beats, lasts=5.0, failed=True, quiet=((0, 60), (90, 95)), price=7
    )

    assert plan.beats == beats
    assert plan.price == 7


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"beats": (HELLO, Beat(1.0, Say("late")))}, "at 1.0 comes after what happens at 2.0"),
        ({"beats": (Beat(-1.0, Sign()),)}, "at -1.0 comes after what happens at 0.0"),
        ({"lasts": 1.9}, "work of 1.9 seconds is over before its last beat, at 2.0"),
        ({"beats": (), "lasts": -1.0}, "work of -1.0 seconds is over"),
        ({"beats": (), "lasts": float("nan")}, "work of nan seconds"),
        ({"quiet": ((5.0, 5.0),)}, "a quiet span from 5.0 to 5.0 is none"),
        ({"quiet": ((-1.0, 5.0),)}, "a quiet span from -1.0 to 5.0 is none"),
        ({"price": -50}, "a price of -50 is none"),
    ],
)
def test_a_plan_is_valid_at_birth(wrong: dict[str, Any], says: str) -> None:
    """What no work can follow is refused when the plan is made."""
    with pytest.raises(ValueError, match=says):
        Plan(**{"kind": "text", "beats": (HELLO,), "lasts": 5.0, **wrong})
