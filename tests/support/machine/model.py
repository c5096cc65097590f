"""One world as it should be: the machine's own reading of the documents.

Ids come from the fake, which draws them; everything else is worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.core.variants import Variants
from support.machine.acting import Act, Due, No
from support.machine.audit import hold, same
from support.machine.filming import Render
from support.machine.people import WEEK, Limit, Person, SecondChance, Token
from support.machine.striking import Armed, Words
from support.machine.working import Draft, Turn

PEER = "127.0.0.1"
"""Where everybody comes from, as everybody does who uses the command."""


@dataclass(slots=True)
class Session:
    """A project."""

    id: str
    task: str
    account: str
    uploads: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)
    media: int = 0
    edit_paid: bool = False

    @property
    def busy_until(self) -> float:
        """When the last of its turns ends."""
        return max((turn.ends_at for turn in self.turns), default=0.0)


@dataclass(slots=True, eq=False)
class World:
    """Everything that there should be in one world. `secret` tells the value of an account's token."""

    scenario: Words
    variants: Variants
    secret: Callable[[str, str], str]
    armed: list[Armed] = field(default_factory=list)
    arms: int = 0
    people: dict[str, Person] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)
    seeded: dict[str, Words] = field(default_factory=dict)
    tokens: list[Token] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    renders: dict[tuple[str, str], Render] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    played: set[int] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)
    slow: bool = False
    guest: str | None = None
    per_client: Limit = field(init=False)
    per_address: Limit = field(init=False)
    second_chance: SecondChance = field(default_factory=SecondChance)

    def __post_init__(self) -> None:
        self.per_client = Limit(self.variants.client_limit, WEEK)
        self.per_address = Limit(self.variants.ip_limit, self.variants.ip_window)

    @property
    def free_credits(self) -> int:
        """What a newcomer gets."""
        newcomers: Words = self.scenario.get("newcomers") or {}
        return int(newcomers.get("credits", 100))

    def furnish(self, facts: list[Fact]) -> None:
        """Take in how a world begins: with those whom the scenario knows, and its faults."""
        told = iter([fact for fact in facts if fact.kind not in ("clock", "control")])
        for account in self.scenario.get("accounts", ()):
            self.admit(account, told)
        for words in self.scenario.get("faults", ()):
            same(next(told).what["fault"], self.arm(words).id, "an armed fault is told as such")
        hold(next(told, None) is None, "a world begins with what its scenario says alone")

    def arm(self, words: Words) -> Armed:
        """Arm a fault."""
        self.arms += 1
        self.armed.append(Armed(f"f{self.arms}", words))
        return self.armed[-1]

    def admit(self, account: Words, told: Iterator[Fact]) -> None:
        """Let somebody whom the scenario knows be there, as the facts tell it."""
        opened, granted = next(told), next(told)
        same(opened.kind, "account.created", "somebody who is there is told of first")
        same(
            granted.what["amount"],
            account.get("credits", 100),
            "an account begins with its credits",
        )
        uid = str(opened.what["account"])
        person = Person(uid, account.get("kind", "anonymous"), account.get("plan", "free"))
        person.granted, person.filled_at = account.get("credits", 100), opened.at
        self.people[uid] = person
        if account in self.scenario.get("accounts", ()):
            self.seeded[uid] = account
        if "client_id" in account:
            self.clients[account["client_id"]] = uid
            self.uids[account["client_id"]] = uid
        for words in account.get("tokens", ({"name": "default"},)):
            self._seed_token(person, words, next(told))
            if words.get("revoked"):
                same(next(told).kind, "token.revoked", "a revoked token is told as such")
        for _ in account.get("sessions", ()):
            self.opened(next(told))

    def _seed_token(self, person: Person, words: Words, fact: Fact) -> None:
        usual = ("read", "write", "upload") if person.kind == "anonymous" else ("*",)
        issued = fact.at - words.get("age", 0)
        token = self.issued(
            person,
            fact,
            tuple(words.get("scopes", usual)),
            expires_at=issued + words.get("lasts", WEEK),
        )
        token.revoked = bool(words.get("revoked"))
        for client, uid in self.clients.items():
            if uid == person.uid:
                self.per_client.count(client, issued)

    def issued(
        self, person: Person, fact: Fact, scopes: tuple[str, ...], *, expires_at: float | None
    ) -> Token:
        """Note that a token was issued, as a fact tells it."""
        same(fact.kind, "token.issued", "a token is told of when it is issued")
        id_ = str(fact.what["token"])
        token = Token(id_, self.secret(person.uid, id_), person.uid, scopes, expires_at)
        person.tokens.append(token)
        self.tokens.append(token)
        return token

    def opened(self, fact: Fact) -> Session:
        """Note that a session was opened, as a fact tells it."""
        what = fact.what
        hold(what["session"] not in self.sessions, "a new session is none that there is", what)
        session = Session(what["session"], what["task"], what["account"])
        self.sessions[session.id] = session
        return session

    def forget(self, uid: str) -> None:
        """Let an account be as if it had never come."""
        for client in [known for known, owner in self.clients.items() if owner == uid]:
            del self.clients[client]
            self.per_client.issued.pop(client, None)
        for token in self.people[uid].tokens:
            if token.asked_at is not None:
                self.per_address.issued[PEER].remove(token.asked_at)
        del self.people[uid]
        self.tokens = [token for token in self.tokens if token.account != uid]
        self.turns = [turn for turn in self.turns if turn.account != uid]
        self.sessions = {id_: s for id_, s in self.sessions.items() if s.account != uid}
        self.renders = {key: r for key, r in self.renders.items() if key[0] != uid}

    def settle(self, now: float) -> list[Due]:
        """Let happen what is due; return what is to be told of it."""
        due = [
            (passing.at, turn.order, place, turn)
            for turn in self.turns
            if not turn.settled
            for place, passing in enumerate(turn.passage)
            if place >= turn.drafted and passing.at <= now
        ]
        told: list[Due] = []
        for at, _, place, turn in sorted(due, key=lambda one: one[:3]):
            told += [(kind, turn.id, at) for kind in self._happen(turn, place)]
        return told

    def _happen(self, turn: Turn, place: int) -> list[str]:
        passing, session = turn.passage[place], self.sessions[turn.session]
        turn.drafted = place + 1
        if passing.name == "draft":
            session.draft.take(passing.what)
            return ["draft"] * len(passing.what)
        if passing.name == "media":
            session.media += 1
            return ["media.made"]
        return self._end(turn, session) if passing.name == "settled" else []

    def _end(self, turn: Turn, session: Session) -> list[str]:
        turn.settled = True
        if not turn.price:
            return ["turn.ended"]
        person = self.people[turn.account]
        del person.holds[turn.id]
        if turn.failed:
            return ["release", "turn.ended"]
        person.spent += turn.price
        session.edit_paid = session.edit_paid or turn.work == "edit"
        return ["settle", "turn.ended"]

    def known(self, value: str | None) -> Token | None:
        """Return the token with this value, dead or alive."""
        return next((token for token in self.tokens if value and token.value == value), None)

    def caller(self, act: Act) -> Person:
        """Return whose request this is; its token has been let in."""
        token = self.known(act.ask.token)
        assert token is not None, "the gate lets no unknown token in"
        return self.people[token.account]

    def session_of(self, act: Act, id_: str) -> Session:
        """Return a session of the one who asks; raises `No`."""
        session = self.sessions.get(id_)
        if session is None or session.account != self.caller(act).uid:
            raise No(1002)
        return session

    def user_id(self, person: Person) -> str:
        """Return what the API calls a person."""
        return person.uid if person.kind == "anonymous" else person.uid.replace("anon_", "user_", 1)
