"""What a message costs, under either reading."""

from __future__ import annotations

import pytest

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.costs import DOCUMENTED, ByKind, Costs, CostsReading, Each

CHANCE = Chance("seed")


@pytest.mark.parametrize(
    ("kind", "edit_paid", "expected"),
    [
        ("text", False, 0),
        ("text", True, 0),
        ("edit", False, 50),
        ("edit", True, 0),
        ("generate", False, 100),
        ("generate", True, 100),
    ],
)
def test_prices_are_the_documented_ones(kind: str, edit_paid: bool, expected: int) -> None:
    """A generation costs 100, a session's first edit 50, further edits and text nothing."""
    assert DOCUMENTED.price(kind, edit_paid=edit_paid, chance=CHANCE) == expected


@pytest.mark.parametrize("kind", ["edit", "generate"])
def test_an_operation_may_cost_one_to_five(kind: str) -> None:
    """Drawn for each, an edit every time; the same draw gives the same price."""
    costs = Each(1, 5)
    prices = [costs.price(kind, edit_paid=True, chance=CHANCE.at(number)) for number in range(100)]

    assert set(prices) == {1, 2, 3, 4, 5}
    assert prices[7] == costs.price(kind, edit_paid=False, chance=CHANCE.at(7))


def test_talk_is_free_where_operations_cost() -> None:
    """Talk is no operation."""
    assert Each(1, 5).price("text", edit_paid=False, chance=CHANCE) == 0


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("100/50/0", DOCUMENTED),
        ("100/50", DOCUMENTED),
        ("3/2/1", ByKind(3, 2, 1)),
        ("1-5", Each(1, 5)),
        ("0-0", Each(0, 0)),
    ],
)
def test_costs_are_read(text: str, costs: Costs) -> None:
    """Prices by kind of work with slashes, a range with a dash; what is written down is read again."""
    reading = CostsReading()

    assert reading.read(text) == costs
    assert reading.read(reading.text(costs)) == costs
    assert reading.admits(costs)


@pytest.mark.parametrize(
    "costs",
    [ByKind(-1, 0), ByKind(1, 2, 10**9), ByKind(True), Each(5, 1), Each(-1, 1), "100/50/0", None],
)
def test_costs_that_make_no_sense_are_not_admitted(costs: object) -> None:
    """Nothing negative, nothing enormous, no range without anything in it."""
    assert not CostsReading().admits(costs)
