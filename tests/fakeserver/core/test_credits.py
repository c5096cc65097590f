"""The law of credits over whole worlds, held against a model that keeps only a list of turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nemovideo_fakeserver.core.draft import VIDEO, Put
from nemovideo_fakeserver.core.ledger import Entry
from nemovideo_fakeserver.core.plan import Beat, Edit, Plan
from nemovideo_fakeserver.core.refusals import OutOfCredits
from nemovideo_fakeserver.core.sessions import Session

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

ACCOUNTS, SESSIONS = 2, 4
seconds = st.sampled_from([0.0, 0.001, 1.0, 10.0, 15.0]) | st.integers(0, 700_000).map(
    lambda ms: ms / 1000
)
jumps = seconds | st.floats(0, 30 * 86_400.0).map(lambda s: round(s, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A turn as the model remembers it."""

    id: str
    account: int
    session: int
    kind: str
    price: int
    ends_at: float
    failed: bool


class Credits(RuleBasedStateMachine):
    """Two accounts with two sessions each; nothing is looked at but balances, prices and entries."""

    def __init__(self, new_stage: Callable[[], Stage]) -> None:
        super().__init__()
        self.stage = new_stage()
        self.accounts = [self.stage.account(f"client {n}") for n in range(ACCOUNTS)]
        self.sessions = [self.stage.session(self.accounts[n % ACCOUNTS]) for n in range(SESSIONS)]
        self.granted = [100] * ACCOUNTS
        self.turns: list[Accepted] = []

    @rule(who=st.integers(0, ACCOUNTS - 1), amount=st.integers(0, 150))
    def grant(self, who: int, amount: int) -> None:
        """Give somebody credits."""
        self.accounts[who].ledger.grant(amount, at=self.stage.clock.now(), reference="gift")
        self.granted[who] += amount

    @rule(
        which=st.integers(0, SESSIONS - 1),
        kind=st.sampled_from(["text", "edit", "edit", "generate"]),
        lasts=seconds,
        failed=st.booleans(),
    )
    def say(
        self, which: int, kind: Literal["text", "edit", "generate"], lasts: float, failed: bool
    ) -> None:
        """Send a message: it is accepted at the model's price, or refused with nothing changed."""
        session, price = self.sessions[which], self._price(which, kind)
        beat = Beat(lasts / 2, Edit(Put(VIDEO, {"id": "a", "s": 0, "d": 1})))
        plan = Plan(kind=kind, beats=(beat,), lasts=lasts, failed=failed)
        affordable = price <= self._available(which % ACCOUNTS)
        self.stage.world.settle()
        before = _trace(session)
        free_from = max([self.stage.clock.now(), *(t.ends_at for t in session.turns)])
        if not affordable:
            with pytest.raises(OutOfCredits):
                self.stage.say(session, plan)
            assert _trace(session) == before
            return
        turn = self.stage.say(session, plan)
        assert (turn.price, turn.ends_at) == (price, free_from + lasts)
        self.turns.append(
            Accepted(
                id=turn.id,
                account=which % ACCOUNTS,
                session=which,
                kind=kind,
                price=price,
                ends_at=turn.ends_at,
                failed=failed,
            )
        )

    @rule(by=jumps)
    def wait(self, by: float) -> None:
        """Let time pass while nobody looks."""
        self.stage.clock.jump(by)

    @precondition(lambda self: self.turns)
    @rule(which=st.integers(0, 99))
    def wait_for_an_end(self, which: int) -> None:
        """Go exactly to where a turn ends."""
        end = self.turns[which % len(self.turns)].ends_at
        self.stage.clock.jump_to(max(end, self.stage.clock.now()))

    @rule()
    def look(self) -> None:
        """Every balance and every entry is what the list of turns says."""
        self.stage.world.settle()
        for who, account in enumerate(self.accounts):
            assert account.ledger.frozen == self._frozen(who)
            assert account.ledger.available == self._available(who)
            assert account.ledger.total == self.granted[who] - self._spent(who)
            assert _moves(account.ledger.entries) == self._moves(who)

    @invariant()
    def three_numbers_add_up(self) -> None:
        """Total is available and frozen, and neither is ever negative."""
        for account in self.accounts:
            ledger = account.ledger
            assert ledger.total == ledger.available + ledger.frozen
            assert min(ledger.available, ledger.frozen) >= 0

    def teardown(self) -> None:
        """When all is over nothing is frozen."""
        self.stage.later(10 * 365 * 86_400.0)
        self.look()
        assert [account.ledger.frozen for account in self.accounts] == [0] * ACCOUNTS

    # The model

    def _over(self, turn: Accepted) -> bool:
        return turn.ends_at <= self.stage.clock.now()

    def _price(self, which: int, kind: str) -> int:
        paid = any(
            t.session == which and t.kind == "edit" and t.price and self._over(t) and not t.failed
            for t in self.turns
        )
        return {"text": 0, "edit": 0 if paid else 50, "generate": 100}[kind]

    def _frozen(self, who: int) -> int:
        return sum(t.price for t in self.turns if t.account == who and not self._over(t))

    def _spent(self, who: int) -> int:
        done = (t for t in self.turns if t.account == who and self._over(t) and not t.failed)
        return sum(t.price for t in done)

    def _available(self, who: int) -> int:
        return self.granted[who] - self._spent(who) - self._frozen(who)

    def _moves(self, who: int) -> list[tuple[str, str, int, float | None]]:
        moves: list[tuple[str, str, int, float | None]] = []
        for turn in self.turns:
            if turn.account == who and turn.price:
                moves.append((turn.id, "freeze", turn.price, None))
                if self._over(turn):
                    end = "release" if turn.failed else "settle"
                    moves.append((turn.id, end, turn.price, turn.ends_at))
        return sorted(moves)


def _moves(entries: list[Entry]) -> list[tuple[str, str, int, float | None]]:
    return sorted(
        (e.reference, e.kind, e.amount, None if e.kind == "freeze" else e.at)
        for e in entries
        if e.kind != "grant"
    )


def _trace(session: Session) -> tuple[object, ...]:
    ledger = session.account.ledger
    return len(session.turns), session.draft, session.planned, len(ledger.entries), ledger.available


def test_credits_obey_their_law_whatever_happens(new_stage: Callable[[], Stage]) -> None:
    """Grants, messages, failures and time in any order: each turn is paid for exactly once, or not at all."""
    run_state_machine_as_test(
        lambda: Credits(new_stage),  # type: ignore[arg-type]  # documented as a factory, typed as a class
        settings=settings(max_examples=60, stateful_step_count=30),
    )
