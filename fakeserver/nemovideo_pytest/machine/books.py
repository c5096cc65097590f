"""Independent books: what every message cost and every account has, added up from the movements of credits.

The prices are the documented ones: a generation 100, the first edit of a session 50, further ones and talk 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nemovideo_fakeserver.core.journal import Fact

PRICES: Mapping[str, tuple[int, ...]] = {"generate": (100,), "edit": (0, 50), "text": (0,)}
"""What a message may cost, by the kind of its work."""

_MOVES = {
    "grant": (1, 0),
    "freeze": (-1, 1),
    "settle": (0, -1),
    "release": (1, -1),
    "spend": (-1, 0),
}
"""What a movement does to what is available and to what is frozen."""


@dataclass(slots=True)
class Books:
    """The balances and payments so far; `read` goes on with further facts."""

    balances: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Available and frozen credits, by account."""

    paid: dict[str, int] = field(default_factory=dict)
    """What each turn holds or has spent."""

    worked: dict[str, str] = field(default_factory=dict)
    """The kind of work of each turn."""

    def read(self, facts: Iterable[Fact]) -> Iterator[str]:
        """Enter facts, and yield a sentence for each that cannot be."""
        for fact in facts:
            what = fact.what
            if fact.kind == "turn.accepted":
                self.worked[what["turn"]] = what["work"]
                if what["price"] not in PRICES.get(what["work"], ()):
                    yield f"a message for {what['work']} was priced {what['price']}"
            elif fact.kind == "ledger":
                yield from self._enter(what["account"], what["entry"], what["amount"], what)

    def _enter(
        self, account: str, entry: str, amount: int, what: Mapping[str, object]
    ) -> Iterator[str]:
        up, held = _MOVES[entry]
        available, frozen = self.balances.get(account, (0, 0))
        now = available + up * amount, frozen + held * amount
        self.balances[account] = now
        turn = str(what["reference"])
        if entry in ("freeze", "release"):
            self.paid[turn] = self.paid.get(turn, 0) + held * amount
        if min(now) < 0:
            yield f"{entry} {amount} leaves {now[0]} available and {now[1]} frozen"
        if now != (what["available"], what["frozen"]):
            yield f"after {entry} {amount} there are {now}, and the service says {dict(what)}"
