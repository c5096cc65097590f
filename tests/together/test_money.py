"""What a message costs, and when: 100 a clip, 50 a session for editing, nothing else (52127510908)."""

from __future__ import annotations

import pytest

from nemovideo_client.errors import OutOfCredits
from nemovideo_client.models import Credits
from nemovideo_fakeserver.core.costs import DOCUMENTED, Each
from support.together.house import House

NOTHING = Credits(available=0, frozen=0, total=0)
PRICED = pytest.mark.house(costs=DOCUMENTED)


@PRICED
def test_a_generation_costs_all_of_the_first_hundred(house: House) -> None:
    """100 credits to begin with, 100 for a clip (52127510908, vendor skill 1.9)."""
    nemo = house.client()
    before = nemo.credits()
    nemo.chat("generate 200")

    assert before == Credits(available=100, frozen=0, total=100)
    assert nemo.credits() == NOTHING
    assert house.spent(nemo) == 100


@PRICED
def test_editing_costs_once_in_a_session(house: House) -> None:
    """The first edit of a session costs 50, the others nothing; another session pays again."""
    nemo = house.client()
    left = []
    for text in ("edit 20", "edit 21", "edit 22"):
        nemo.chat(text)
        left.append(nemo.credits().available)
    nemo.connect()
    nemo.chat("edit 23")

    assert left == [50, 50, 50]
    assert nemo.credits() == NOTHING


@PRICED
def test_talk_and_export_cost_nothing(house: House) -> None:
    """Export is free (all documents), and so is what changes nothing."""
    nemo = house.client()
    nemo.chat("edit 20")
    nemo.chat("text 5")
    nemo.export()

    assert nemo.credits().available == 50


@PRICED
@pytest.mark.breaks(
    "stream-closed-early", because="it only looks at the credits while the work goes on"
)
def test_credits_are_frozen_while_the_work_runs(house: House) -> None:
    """`frozen` is what running operations have reserved (52127510908, vendor skill 1.9)."""
    nemo = house.client()
    with nemo.stream("generate 200") as events:
        next(events)
        during = nemo.credits()
    house.jump(300)

    assert during == Credits(available=0, frozen=100, total=100)
    assert nemo.credits() == NOTHING


@PRICED
def test_work_that_fails_is_not_charged(house: House) -> None:
    """The reserve is released (assumed)."""
    nemo = house.client()
    nemo.chat("fail 20")

    assert nemo.credits() == Credits(available=100, frozen=0, total=100)
    assert house.spent(nemo) == 0


@PRICED
@pytest.mark.breaks("sent-while-working", because="it is about two messages at once")
def test_what_is_frozen_cannot_be_spent_twice(house: House) -> None:
    """A second message is refused while the first one holds the credits; the first one goes on."""
    nemo = house.client()
    with nemo.stream("generate 200") as events:
        next(events)
        with pytest.raises(OutOfCredits):
            nemo.chat("edit 20")
        assert events.finish().ended == "closed"

    assert house.spent(nemo) == 100


@PRICED
def test_more_credits_buy_more(house: House) -> None:
    """A refusal is no end: after a top-up the next message is accepted."""
    nemo = house.client()
    nemo.chat("generate 200")
    house.grant(nemo, 150)
    nemo.chat("generate 100")
    nemo.chat("edit 20")

    assert nemo.credits() == NOTHING
    assert house.spent(nemo) == 250


@pytest.mark.house(costs=Each(1, 5))
def test_where_every_operation_costs_a_little_so_does_every_edit(house: House) -> None:
    """53446002734: "most operations cost 1-5 credits"; the balance tells, and talk is free."""
    nemo = house.client()
    nemo.chat("edit 20")
    first = house.spent(nemo)
    nemo.chat("edit 21")
    second = house.spent(nemo) - first
    nemo.chat("text 5")

    assert 1 <= first <= 5
    assert 1 <= second <= 5
    assert nemo.credits() == Credits(
        available=100 - first - second, frozen=0, total=100 - first - second
    )
