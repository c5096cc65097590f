"""What it all came to: credits by account, requests by line, and how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.look import LINES, Signs
from nemovideo_fakeserver.timeline.numbers import counted, number
from nemovideo_fakeserver.timeline.pieces import Pen
from nemovideo_fakeserver.timeline.times import elapsed
from nemovideo_fakeserver.verify.exchanges import text

MOST = 20
"""How many accounts, and how many lines of requests, a summary lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """What an account was granted and has spent among the facts, and what it has at their end."""

    granted: float = 0
    spent: float = 0
    available: float = 0
    frozen: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """`seconds` of virtual time from the first fact to the last; `dropped` facts are not in it."""

    credits: Mapping[str, Credits]
    requests: Mapping[str, int]
    seconds: float
    dropped: int

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    def drawn(self, *, width: int = 100, signs: Signs = LINES) -> str:
        """Return it as text, no line wider than `width` cells."""
        pen = Pen(width=width, colour=False, signs=signs)
        return "\n".join(pen.line((signs.safe(line), "plain")) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        requests = counted(sum(self.requests.values()), "request")
        yield f"{requests} in {elapsed(self.seconds)} of virtual time"
        yield from _listed([f"{n:>6} {line}" for line, n in self.requests.items()])
        accounts = [f"  {account}: {_told(credits_)}" for account, credits_ in self.credits.items()]
        yield from _listed(accounts)
        if self.dropped:
            yield f"not counted: the journal has let its first {counted(self.dropped, 'fact')} go"


def summary(facts: Iterable[Fact]) -> Summary:
    """Return what the facts come to; requests by line, the most frequent first."""
    known = tuple(facts)
    lines = Counter(text(fact.what, "line") or "?" for fact in known if fact.kind == "request")
    times = [fact.at for fact in known]
    accounts: dict[str, Credits] = {}
    for fact in known:
        if fact.kind == "ledger":
            account = text(fact.what, "account") or "?"
            accounts[account] = _after(accounts.get(account, Credits()), fact.what)
    return Summary(
        credits=accounts,
        requests=dict(sorted(lines.items(), key=lambda item: (-item[1], item[0]))),
        seconds=max(times) - min(times) if times else 0.0,
        dropped=max(0, known[0].number - 1) if known else 0,
    )


def _after(before: Credits, what: Mapping[str, Any]) -> Credits:
    """Return the credits of an account after one more movement."""
    moved = number(what, "amount") or 0
    entry = text(what, "entry")
    return Credits(
        granted=before.granted + (moved if entry == "grant" else 0),
        spent=before.spent + (moved if entry in {"settle", "spend"} else 0),
        available=number(what, "available") or 0,
        frozen=number(what, "frozen") or 0,
    )


def _told(credits_: Credits) -> str:
    told = f"{credits_.granted:g} granted, {credits_.spent:g} spent, {credits_.available:g} left"
    return f"{told}, {credits_.frozen:g} frozen" if credits_.frozen else told


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield f"  and {len(lines) - MOST} more"
