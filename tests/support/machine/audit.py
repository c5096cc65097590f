"""What every journal must be, whatever happened: read fact by fact, as they are written.

Numbers have no gap, time only what fell due may look back in, a request has one reply, a stream one end,
books add up, work is done by accepted turns alone and inside their time, and no secret is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.core.journal import Fact, Journal

SECRET = re.compile(r"(nmv_usr_|clm_)[A-Za-z0-9_-]{8,}")
_DUE = ("ledger", "draft", "media.made", "turn.ended", "clock", "fault", "fault.spared")
"""What is written when the next act notices it, or at the time it will have: it may lie before or after."""

_MOVES: dict[str, tuple[int, int]] = {
    "grant": (1, 0),
    "freeze": (-1, 1),
    "settle": (0, -1),
    "release": (1, -1),
    "spend": (-1, 0),
}
"""What an entry does to available and frozen, as multiples of its amount."""


class LawBroken(AssertionError):
    """The fake did what it must not: the first line says what, the machine's paper how to see it."""


def hold(claim: object, law: str, *seen: object) -> None:
    """Raise `LawBroken` unless the claim is true."""
    if not claim:
        raise LawBroken(": ".join((law, *map(str, seen))))


def same(seen: object, expected: object, law: str) -> None:
    """Raise `LawBroken` unless both are equal."""
    if seen != expected:
        raise LawBroken(f"{law}: {seen!r}, and it should be {expected!r}")


@dataclass(slots=True)
class Told:
    """A stream as the journal tells it."""

    frames: int = 0
    how: str | None = None


@dataclass(eq=False)
class Audit:
    """One journal under audit. `read` gives what is new in it, once it is found to be in order."""

    journal: Journal
    heard: list[Fact] = field(default_factory=list)
    unanswered: set[int] = field(default_factory=set)
    streams: dict[int, Told] = field(default_factory=dict)
    turns: dict[str, dict[str, Any]] = field(default_factory=dict)
    fired: dict[str, int] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    _read: int = 0
    _now: float = 0.0
    _ids: set[str] = field(default_factory=set)
    _books: dict[str, list[int]] = field(default_factory=dict)
    _over: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.heard += self.journal.facts()
        self.journal.listen(self.heard.append)

    def read(self) -> list[Fact]:
        """Return the facts that are new, having held them to the law."""
        new = self.heard[self._read :]
        for number, fact in enumerate(new, self._read + 1):
            same(fact.number, number, "the facts of a journal are numbered without a gap")
            hold(not SECRET.search(repr(fact.what)), "no secret enters a journal", fact)
            self._in_time(fact)
            check = _CHECKS.get(fact.kind)
            if check is not None:
                check(self, fact.number, fact.what, fact.at)
        self._read += len(new)
        return new

    def over(self, request: int) -> Told:
        """Note that nobody reads a stream any more; its end must have been told."""
        told = self.streams[request]
        hold(told.how, "a stream that is over has a stream.ended", f"request {request}")
        return told

    def final(self) -> None:
        """Hold the whole journal to what can be said at the end, when nothing waits any more."""
        self.read()
        same(self.unanswered, set(), "every request has a reply in the end")
        open_ = [number for number, told in self.streams.items() if told.how is None]
        same(open_, [], "every stream has an end in the end")
        kept = self.journal.facts()
        same(list(kept), self.heard[-len(kept) :], "a fact reads the same whenever it is read")

    def _in_time(self, fact: Fact) -> None:
        if fact.kind not in _DUE:
            hold(fact.at >= self._now, "what happens now is written in order of time", fact)
            self._now = fact.at

    def _request(self, number: int, what: Any, _at: float) -> None:
        id_ = what["id"]
        hold(id_ is None or id_ not in self._ids, "no request id is given twice", id_)
        self._ids.add(id_)
        self.unanswered.add(number)

    def _reply(self, _number: int, what: Any, _at: float) -> None:
        request = what["request"]
        hold(request in self.unanswered, "a request has one reply", f"request {request}", what)
        self.unanswered.remove(request)
        if "stream" in what:
            self.streams[request] = Told()

    def _frame(self, _number: int, what: Any, _at: float) -> None:
        told = self.streams[what["request"]]
        hold(told.how is None, "no frame comes after the end of its stream", what)
        told.frames += 1
        same(what["number"], told.frames, "the frames of a stream are numbered without a gap")

    def _ended(self, _number: int, what: Any, _at: float) -> None:
        told = self.streams[what["request"]]
        hold(told.how is None, "a stream has one end", what)
        told.how = what["how"]
        same(what["frames"], told.frames, "a stream ends with as many frames as were told")

    def _entry(self, _number: int, what: Any, _at: float) -> None:
        account, kind, amount = what["account"], what["entry"], what["amount"]
        books = self._books.setdefault(account, [0, 0])
        for place, sign in enumerate(_MOVES[kind]):
            books[place] += sign * amount
        same([what["available"], what["frozen"]], books, f"after {kind} {amount} the books add up")
        hold(min(books) >= 0 <= amount, "no balance is negative", what)
        self.entries[account] = self.entries.get(account, 0) + 1

    def _accepted(self, _number: int, what: Any, at: float) -> None:
        turn = what["turn"]
        hold(turn not in self.turns, "a turn is accepted once", turn)
        hold(at <= what["starts_at"] <= what["ends_at"], "a turn has its time before it", what)
        self._gone.discard(turn)
        self.turns[turn] = dict(what)

    def _done(self, _number: int, what: Any, at: float) -> None:
        turn = self._turn(what)
        if turn is not None:
            hold(what["turn"] not in self._over, "a turn ends once", what)
            self._over.add(what["turn"])
            same(at, turn["ends_at"], "a turn ends when it was to end")
            spent = 0 if turn["failed"] else turn["price"]
            same(what["spent"], spent, "a turn costs its price, and nothing when it fails")

    def _draft(self, _number: int, what: Any, at: float) -> None:
        turn = self._turn(what)
        if turn is not None:
            hold(what["turn"] not in self._over, "no draft changes after the end of its turn", what)
            inside = turn["starts_at"] <= at <= turn["ends_at"]
            hold(inside, "a draft changes while its turn works", what, at)

    def _turn(self, what: Any) -> dict[str, Any] | None:
        turn = self.turns.get(what["turn"])
        hold(turn or what["turn"] in self._gone, "only accepted turns work", what)
        if turn is not None:
            same(what["session"], turn["session"], "a turn works in its session")
        return turn

    def _reset(self, _number: int, what: Any, _at: float) -> None:
        """An account that was reset begins anew, and its books with it."""
        if what["did"] == "account reset":
            account = what["account"]
            for table in (self._books, self.entries):
                table.pop(account, None)
            self._gone |= {turn for turn, told in self.turns.items() if told["account"] == account}
            self.turns = {turn: told for turn, told in self.turns.items() if turn not in self._gone}
            self._over &= self.turns.keys()

    def _struck(self, _number: int, what: Any, _at: float) -> None:
        self.fired[what["fault"]] = self.fired.get(what["fault"], 0) + 1


_CHECKS: dict[str, Callable[[Audit, int, Any, float], None]] = {
    "request": Audit._request,
    "reply": Audit._reply,
    "frame": Audit._frame,
    "stream.ended": Audit._ended,
    "ledger": Audit._entry,
    "turn.accepted": Audit._accepted,
    "turn.ended": Audit._done,
    "draft": Audit._draft,
    "fault": Audit._struck,
    "control": Audit._reset,
}
