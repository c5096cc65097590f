"""From facts to evidence: one pass, in which each request is read with what was known by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge.asks import (
    Ask,
    Place,
    read_answer,
    read_ask,
    render_named,
    session_named,
)
from nemovideo_fakeserver.judge.evidence import Evidence, Issue
from nemovideo_fakeserver.judge.lines import MANAGEMENT, MESSAGE, SUBMITS, TOKEN
from nemovideo_fakeserver.judge.turns import Message, Turn, read_streams, read_turn

T = TypeVar("T")
K = TypeVar("K")


def gather(facts: Iterable[Fact]) -> Evidence:
    """Arrange facts, given in order of writing."""
    facts = tuple(facts)
    kinds = _grouped(facts, lambda fact: fact.kind)
    reading = _Reading(kinds)
    for fact in facts:
        reading.take(fact)
    asks, turns = tuple(reading.asks.values()), tuple(reading.turns)
    return Evidence(
        kinds=kinds,
        asks=asks,
        turns=turns,
        accepted={turn.ask.number: turn for turn in turns if turn.ask},
        messages=_messages(asks, turns),
        sessions=_grouped(asks, _session_of),
        renders=_grouped(asks, lambda ask: (ask.account, ask.render) if ask.render else None),
        issues=tuple(reading.issues),
        faulted=_faulted(kinds, asks),
    )


class _Reading:
    """Goes through the facts once, knowing at each what was known by then."""

    def __init__(self, kinds: Mapping[str, Sequence[Fact]]) -> None:
        self.asks: dict[int, Ask] = {}
        self.turns: list[Turn] = []
        self.issues: list[Issue] = []
        spoilt = _spoilt(kinds.get("fault", ()))
        self._answers = {
            (number := fact.what["request"]): read_answer(fact, sure=number not in spoilt)
            for fact in kinds.get("reply", ())
        }
        self._streams = read_streams(kinds.get("frame", ()), kinds.get("stream.ended", ()))
        self._drafts: dict[str, list[float]] = defaultdict(list)
        for fact in kinds.get("draft", ()):
            self._drafts[fact.what["turn"]].append(fact.at)
        self._owners: dict[str, str | None] = {}
        self._holders: dict[str, str | None] = {}
        self._opened: dict[str | None, list[str]] = {}
        self._rendered: dict[Place, str] = {}
        self._said: dict[str, Ask] = {}
        self._arrival: Ask | None = None
        self._arrivals: dict[str, Ask] = {}

    def take(self, fact: Fact) -> None:
        """Take in the next fact."""
        take = _TAKEN.get(fact.kind)
        if take is not None:
            take(self, fact)

    def request(self, fact: Fact) -> None:
        """Read a request; who it comes from may be known by its token or its session."""
        session = session_named(fact)
        account = fact.what.get("account") or self._holders.get(str(fact.what.get("token")))
        account = account or (self._owners.get(session) if session else None)
        session = session or self._session(fact, account)
        ask = read_ask(fact, self._answers.get(fact.number), account, session)
        self.asks[fact.number] = ask
        if ask.line == TOKEN:
            self._arrivals[ask.header("x-client-id")] = self._arrival = ask
        elif ask.line in MANAGEMENT:
            self._arrival = None
        elif ask.line == MESSAGE and session:
            self._said[session] = ask
        elif ask.line in SUBMITS and ask.render and session:
            self._rendered[account, ask.render] = session

    def _session(self, fact: Fact, account: str | None) -> str | None:
        """Return the session of a request that names none: its render's, or its account's only one.

        That it is the only one is known where the account itself began within sight.
        """
        render = render_named(fact)
        if render is not None:
            return self._rendered.get((account, render))
        unread = fact.what.get("body") is None
        opened = self._opened.get(account, ())
        acts = fact.what.get("line") == MESSAGE or fact.what.get("line") in SUBMITS
        return opened[0] if acts and unread and len(opened) == 1 else None

    def session_created(self, fact: Fact) -> None:
        """Note whose session this is."""
        session, account = str(fact.what["session"]), fact.what.get("account")
        self._owners[session] = account
        if account in self._opened:
            self._opened[account].append(session)

    def account_created(self, fact: Fact) -> None:
        """Note that from here on all sessions of the account are seen."""
        self._opened[fact.what.get("account")] = []

    def token_issued(self, fact: Fact) -> None:
        """Note whose token this is, and which client asked for it."""
        what = fact.what
        asked = self._arrivals.pop(str(what.get("client")), None) or self._arrival
        self._arrival = None
        client = what.get("client") or (asked.header("x-client-id") if asked else None)
        self._holders[str(what["token"])] = what.get("account")
        self.issues.append(
            Issue(
                number=fact.number,
                token=str(what["token"]),
                account=what.get("account"),
                client=client or None,
                expires_at=_expiry(what.get("expires_at")),
                ask=asked,
            )
        )

    def turn_accepted(self, fact: Fact) -> None:
        """Read a turn; it answers the last message that was sent in its session."""
        ask = self._said.get(str(fact.what["session"]))
        stream = self._streams.get(ask.number) if ask else None
        self.turns.append(read_turn(fact, ask, stream, self._drafts))
        self._owners.setdefault(str(fact.what["session"]), fact.what.get("account"))


def _expiry(told: Any) -> float:
    return float("inf") if told is None else float(told)


_TAKEN: Mapping[str, Callable[[_Reading, Fact], None]] = {
    "account.created": _Reading.account_created,
    "request": _Reading.request,
    "session.created": _Reading.session_created,
    "token.issued": _Reading.token_issued,
    "turn.accepted": _Reading.turn_accepted,
}


def _session_of(ask: Ask) -> Place | None:
    return (ask.account, ask.session) if ask.session and not ask.guessed else None


def _messages(asks: Sequence[Ask], turns: Sequence[Turn]) -> dict[Place, Sequence[Message]]:
    accepted = [
        ((t.account, t.session), _message(t.ask, t.ask.text or t.message, t))
        for t in turns
        if t.ask is not None
    ]
    refused = [
        ((ask.account, ask.session), _message(ask, ask.text or "", None))
        for ask in asks
        if ask.line == MESSAGE and ask.session and ask.heard(2001)
    ]
    told = sorted((*accepted, *refused), key=lambda pair: pair[1].number)
    grouped = _grouped(told, lambda pair: pair[0])
    return {place: tuple(message for _, message in pairs) for place, pairs in grouped.items()}


def _message(ask: Ask, text: str, turn: Turn | None) -> Message:
    return Message(number=ask.number, at=ask.at, ask=ask, text=text, turn=turn)


def _faulted(kinds: Mapping[str, Sequence[Fact]], asks: Sequence[Ask]) -> frozenset[int]:
    struck = (fact.what.get("request") for fact in kinds.get("fault", ()))
    replied = (ask.number for ask in asks if ask.answer is not None and ask.answer.faults)
    return frozenset(number for number in (*struck, *replied) if number is not None)


def _spoilt(faults: Iterable[Fact]) -> frozenset[int | None]:
    """Return the numbers of requests whose reply a fault held back, broke or garbled."""
    return frozenset(
        fact.what.get("request")
        for fact in faults
        if str(fact.what.get("do")).startswith(("delay", "break", "malformed", "drip"))
    )


def _grouped(things: Iterable[T], key: Callable[[T], K | None]) -> dict[K, Sequence[T]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for thing in things:
        name = key(thing)
        if name is not None:
            groups[name].append(thing)
    return {name: tuple(group) for name, group in groups.items()}
