"""Movements of credits: in words, and next to what caused them.

Law: what a turn freezes stands with its message, what it spends or gets back with the end of its work,
the credits of a new account with the request that made it; any other has a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.look import Signs
from nemovideo_fakeserver.timeline.numbers import amount
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.verify.exchanges import text

SAME_TIME = 0.05
"""Seconds within which things happen together."""

_WORDS = {
    "grant": ("+", "granted"),
    "freeze": ("-", "frozen"),
    "settle": ("-", "spent"),
    "release": ("+", "back"),
    "spend": ("-", "spent"),
}


class Moves:
    """The movements of credits among some facts; each is told once."""

    def __init__(self, facts: Iterable[Fact], signs: Signs) -> None:
        self._signs = signs
        self._waiting: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.kind == "ledger":
                self._waiting[_key(fact)].append(fact)

    def beside(self, row: Row, whose: str | None, *entries: str) -> Row:
        """Return a row with the movement of that time that belongs to it, where there is one.

        `whose` is the turn it is for, of a grant the account.
        """
        for waiting in (self._waiting[entry, whose] for entry in entries if whose):
            for fact in waiting:
                if abs(fact.at - row.at) < SAME_TIME:
                    waiting.remove(fact)
                    return replace(row, move=self._move(fact), balance=self._balance(fact))
        return row

    def others(self) -> list[Row]:
        """Return a row for each movement that stands with nothing else."""
        return [self._alone(fact) for waiting in self._waiting.values() for fact in waiting]

    def _alone(self, fact: Fact) -> Row:
        return Row(
            at=fact.at,
            number=fact.number,
            sort="credit move",
            name="credits",
            note=self._signs.safe(text(fact.what, "reference") or ""),
            note_tone="quiet",
            move=self._move(fact),
            balance=self._balance(fact),
            account=text(fact.what, "account"),
        )

    def _move(self, fact: Fact) -> str:
        entry = text(fact.what, "entry") or "?"
        sign, word = _WORDS.get(entry, ("", self._signs.safe(entry)))
        sign = self._signs.minus if sign == "-" else sign
        return f"{sign}{amount(fact.what, 'amount')} {word}"

    def _balance(self, fact: Fact) -> str:
        frozen = amount(fact.what, "frozen")
        return amount(fact.what, "available") + (f" + {frozen}" if frozen != "0" else "")


def _key(fact: Fact) -> tuple[str, str]:
    entry = text(fact.what, "entry") or ""
    return entry, text(fact.what, "account" if entry == "grant" else "reference") or ""
