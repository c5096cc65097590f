from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest

from nemovideo_fakeserver.core.draft import VIDEO, Put, segments
from nemovideo_fakeserver.core.plan import Beat, Edit, Plan
from nemovideo_fakeserver.core.refusals import OutOfCredits

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

PUT = Beat(1.0, Edit(Put(VIDEO, {"id": "a", "s": 0, "d": 1000})))


def work(
    kind: Literal["text", "edit", "generate"] = "edit",
    *beats: Beat,
    lasts: float = 10.0,
    failed: bool = False,
) -> Plan:
    """A plan of the kind."""
    return Plan(kind=kind, beats=beats, lasts=lasts, failed=failed)


@pytest.mark.parametrize(
    ("failed", "then"), [(False, (0, 0, 0)), (True, (100, 0, 100))], ids=["success", "failure"]
)
def test_the_price_is_frozen_then_spent_or_given_back(
    stage: Stage, failed: bool, then: tuple[int, int, int]
) -> None:
    """A generation holds its 100 credits to the very end, which spends them, or on failure frees them."""
    session = stage.session(stage.account())
    ledger = session.account.ledger

    def balance() -> tuple[int, int, int]:
        return ledger.available, ledger.frozen, ledger.total

    turn = stage.say(session, work("generate", lasts=200.0, failed=failed))

    assert balance() == (0, 100, 100)
    stage.at(turn.ends_at - 0.001)
    assert balance() == (0, 100, 100)
    stage.at(turn.ends_at)
    assert balance() == then
    assert ledger.entries[-1].at == turn.ends_at


def test_a_resent_first_edit_freezes_twice(stage: Stage) -> None:
    """The documented trap: sending the first edit again while it runs costs 50 once more."""
    session = stage.session(stage.account())

    turns = [stage.say(session, work("edit")) for _ in range(2)]

    assert [turn.price for turn in turns] == [50, 50]
    assert session.account.ledger.frozen == 100
    stage.at(turns[1].ends_at)
    assert session.account.ledger.total == 0


@pytest.mark.parametrize(
    ("first", "failed", "second"),
    [
        pytest.param("edit", False, 0, id="an edit that was paid"),
        pytest.param("edit", True, 50, id="an edit that failed"),
        pytest.param("generate", False, 50, id="a generation"),
        pytest.param("text", False, 50, id="text"),
    ],
)
def test_only_a_settled_edit_charge_makes_the_next_edit_free(
    stage: Stage, first: Literal["text", "edit", "generate"], failed: bool, second: int
) -> None:
    """An edit is free once 50 credits for an earlier one of the session are spent, not a moment before."""
    session = stage.session()
    turn = stage.say(session, work(first, failed=failed))

    stage.at(turn.ends_at - 0.001)
    assert stage.say(session, work("edit", failed=True)).price == 50
    stage.at(turn.ends_at)
    assert stage.say(session, work("edit")).price == second


def test_a_free_edit_stays_free_for_this_session_only(stage: Stage) -> None:
    """Once a session has paid, its edits are free, failed ones included; another session pays itself."""
    session = stage.session()
    stage.say(session, work("edit"))
    stage.later(10.0)

    free = [stage.say(session, work("edit", failed=failed)).price for failed in (True, False)]
    stage.later(100.0)

    assert free == [0, 0]
    assert stage.say(session, work("edit")).price == 0
    assert stage.say(stage.session(session.account), work("edit")).price == 50


def test_without_credits_nothing_happens(stage: Stage) -> None:
    """A message that cannot be paid leaves no turn, no draft, no entry and no time taken."""
    session = stage.session(stage.account())
    stage.say(session, work("edit", PUT))
    ledger = session.account.ledger

    def everything() -> tuple[Any, ...]:
        return (
            list(session.turns),
            session.draft,
            session.planned,
            list(session.planned_media),
            session.busy_until,
            list(ledger.entries),
        )

    before = everything()
    with pytest.raises(OutOfCredits, match="costs 100, available 50"):
        stage.say(session, work("generate", PUT))

    assert everything() == before
    assert stage.noted("turn.refused") == [
        {
            "account": session.account.uid,
            "session": session.id,
            "code": 2001,
            "price": 100,
            "available": 50,
        }
    ]
    stage.later(1_000.0)
    assert len(list(segments(session.draft))) == 1


def test_after_a_refusal_the_next_turn_takes_its_number(stage: Stage) -> None:
    """A refused message is no turn: the following one is numbered as if it had not been."""
    session = stage.session(stage.account())
    stage.say(session, work("edit"))
    with pytest.raises(OutOfCredits):
        stage.say(session, work("generate"))

    turn = stage.say(session, work("text"))

    assert (turn.number, turn.id) == (2, f"{session.id}/2")
