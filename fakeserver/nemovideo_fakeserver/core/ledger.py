"""The credit ledger of one account.

Law: `total = available + frozen` and `total = granted - spent`; `frozen` is the sum of the holds;
nothing is ever negative. The law is checked at every entry. Entries are only added.

Documented are the three numbers and that `frozen` is what running operations have reserved (public
skill page 52127510908). That a hold is spent at the end and released on failure is *assumed*.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_fakeserver.core.refusals import OutOfCredits

EntryKind: TypeAlias = Literal["grant", "freeze", "settle", "release", "spend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One movement of `amount` credits for `reference`, and the balance after it."""

    at: float
    kind: EntryKind
    amount: int
    reference: str
    available: int
    frozen: int


class LedgerBroken(AssertionError):
    """The law of the ledger does not hold: a defect of the fake, never of a client."""


class Ledger:
    """Credits of one account, in whole credits. `note` is told of every entry."""

    def __init__(self, note: Callable[[Entry], object] | None = None) -> None:
        self.note = note
        self.available = 0
        self.entries: list[Entry] = []
        self._granted = 0
        self._spent = 0
        self._holds: dict[str, int] = {}

    @property
    def frozen(self) -> int:
        """What the holds of unfinished operations sum up to."""
        return sum(self._holds.values())

    @property
    def total(self) -> int:
        """Available and frozen together."""
        return self.available + self.frozen

    def grant(self, amount: int, *, at: float, reference: str) -> None:
        """Add `amount` credits to what is available."""
        if amount < 0:
            raise LedgerBroken(f"{reference} cannot grant {amount} credits")
        self._granted += amount
        self.available += amount
        self._enter("grant", amount, at, reference)

    def require(self, amount: int) -> None:
        """Raise `OutOfCredits` when less than `amount` is available."""
        if amount > self.available:
            raise OutOfCredits(
                f"Insufficient credits: this costs {amount}, available {self.available}."
            )

    def freeze(self, amount: int, *, at: float, reference: str) -> None:
        """Reserve `amount` for the operation `reference`.

        Raises `OutOfCredits`, with nothing changed, when less than that is available.
        """
        self.require(amount)
        if amount < 0 or reference in self._holds:
            raise LedgerBroken(
                f"{reference} cannot hold {amount} credits: it holds {self._holds.get(reference, 0)}"
            )
        self.available -= amount
        self._holds[reference] = amount
        self._enter("freeze", amount, at, reference)

    def spend(self, amount: int, *, at: float, reference: str) -> None:
        """Take `amount` credits away at once; raises `OutOfCredits` when fewer are available."""
        self.require(amount)
        if amount < 0:
            raise LedgerBroken(f"{reference} cannot spend {amount} credits")
        self.available -= amount
        self._spent += amount
        self._enter("spend", amount, at, reference)

    def settle(self, *, at: float, reference: str) -> None:
        """Spend what `reference` holds."""
        amount = self._let_go(reference)
        self._spent += amount
        self._enter("settle", amount, at, reference)

    def release(self, *, at: float, reference: str) -> None:
        """Give back what `reference` holds."""
        amount = self._let_go(reference)
        self.available += amount
        self._enter("release", amount, at, reference)

    def _let_go(self, reference: str) -> int:
        if reference not in self._holds:
            raise LedgerBroken(f"{reference} holds nothing: it ended before, or never was")
        return self._holds.pop(reference)

    def _enter(
        self,
        kind: EntryKind,
        amount: int,
        at: float,
        reference: str,
    ) -> None:
        if self.available < 0 or self.total != self._granted - self._spent:
            raise LedgerBroken(
                f"{kind} {amount} for {reference}: available {self.available}, frozen {self.frozen},"
                f" granted {self._granted}, spent {self._spent}"
            )
        entry = Entry(
            at=at,
            kind=kind,
            amount=amount,
            reference=reference,
            available=self.available,
            frozen=self.frozen,
        )
        self.entries.append(entry)
        if self.note is not None:
            self.note(entry)
