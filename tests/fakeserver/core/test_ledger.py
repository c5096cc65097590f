from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.ledger import Ledger, LedgerBroken
from nemovideo_fakeserver.core.refusals import OutOfCredits

Act = Callable[[Ledger], None]


@pytest.fixture(name="ledger")
def _ledger() -> Ledger:
    """A ledger with 100 credits, 50 of them held by `work`."""
    ledger = Ledger()
    ledger.grant(100, at=0.0, reference="gift")
    ledger.freeze(50, at=1.0, reference="work")
    return ledger


def numbers(ledger: Ledger) -> tuple[int, int, int]:
    """The three numbers of the balance: available, frozen, total."""
    return ledger.available, ledger.frozen, ledger.total


def test_a_new_ledger_is_empty() -> None:
    """Nothing is there before the first grant."""
    assert numbers(Ledger()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        pytest.param(lambda ledger: None, (50, 50, 100), id="freeze"),
        pytest.param(
            lambda ledger: ledger.grant(30, at=2.0, reference="more"), (80, 50, 130), id="grant"
        ),
        pytest.param(lambda ledger: ledger.settle(at=2.0, reference="work"), (50, 0, 50), id="end"),
        pytest.param(
            lambda ledger: ledger.release(at=2.0, reference="work"), (100, 0, 100), id="failure"
        ),
        pytest.param(
            lambda ledger: ledger.freeze(50, at=2.0, reference="all"), (0, 100, 100), id="the rest"
        ),
    ],
)
def test_credits_move_between_available_and_frozen(
    ledger: Ledger, act: Act, expected: tuple[int, int, int]
) -> None:
    """A freeze reserves, an end spends what was reserved, a failure gives it back."""
    act(ledger)

    assert numbers(ledger) == expected


def test_more_than_is_available_is_refused_with_nothing_changed(ledger: Ledger) -> None:
    """A freeze beyond what is available names both numbers and leaves the ledger as it was."""
    entries = list(ledger.entries)

    with pytest.raises(OutOfCredits, match=r"costs 51, available 50"):
        ledger.freeze(51, at=2.0, reference="too much")

    assert numbers(ledger) == (50, 50, 100)
    assert ledger.entries == entries


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda ledger: ledger.freeze(1, at=2.0, reference="work"), id="hold twice"),
        pytest.param(lambda ledger: ledger.settle(at=2.0, reference="else"), id="spend no hold"),
        pytest.param(lambda ledger: ledger.release(at=2.0, reference="else"), id="free no hold"),
        pytest.param(
            lambda ledger: ledger.grant(-1, at=2.0, reference="?"), id="grant less than 0"
        ),
        pytest.param(
            lambda ledger: ledger.freeze(-1, at=2.0, reference="?"), id="hold less than 0"
        ),
    ],
)
def test_a_broken_law_is_loud(ledger: Ledger, act: Act) -> None:
    """What would break the law raises `LedgerBroken` and enters nothing."""
    entries = list(ledger.entries)

    with pytest.raises(LedgerBroken):
        act(ledger)

    assert numbers(ledger) == (50, 50, 100)
    assert ledger.entries == entries


@pytest.mark.parametrize("how", [Ledger.settle, Ledger.release])
def test_a_hold_ends_once(ledger: Ledger, how: Callable[..., None]) -> None:
    """What was spent or given back can be neither spent nor given back again."""
    how(ledger, at=2.0, reference="work")

    with pytest.raises(LedgerBroken, match="work holds nothing"):
        ledger.settle(at=3.0, reference="work")


def test_the_law_is_checked_at_every_entry(ledger: Ledger) -> None:
    """Credits that came from nowhere are found out at the next entry."""
    ledger.available += 1

    with pytest.raises(LedgerBroken, match="available 61, frozen 50, granted 110, spent 0"):
        ledger.grant(10, at=2.0, reference="gift")


@given(st.lists(st.tuples(st.sampled_from("gfsr"), st.integers(0, 60), st.integers(0, 3))))
def test_every_entry_tells_the_balance_after_it(moves: list[tuple[str, int, int]]) -> None:
    """Adding up the entries from the first on gives the balance each of them tells."""
    ledger = Ledger()
    for n, (move, amount, who) in enumerate(moves):
        try:
            _move(ledger, move, amount, f"work {who}", float(n))
        except (OutOfCredits, LedgerBroken):
            continue

    available = frozen = 0
    for entry in ledger.entries:
        available += {"grant": 1, "freeze": -1, "settle": 0, "release": 1}[
            entry.kind
        ] * entry.amount
        frozen += {"grant": 0, "freeze": 1, "settle": -1, "release": -1}[entry.kind] * entry.amount
        assert (entry.available, entry.frozen) == (available, frozen)
        assert min(available, frozen) >= 0
    assert numbers(ledger) == (available, frozen, available + frozen)


def _move(ledger: Ledger, move: str, amount: int, reference: str, at: float) -> None:
    match move:
        case "g":
            ledger.grant(amount, at=at, reference=reference)
        case "f":
            ledger.freeze(amount, at=at, reference=reference)
        case "s":
            ledger.settle(at=at, reference=reference)
        case _:
            ledger.release(at=at, reference=reference)
