"""One world of a fake, beside the world as it should be; and the books of the latter kept after each act."""

from __future__ import annotations

from collections import deque
from itertools import takewhile
from typing import Any

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.core.render import view
from nemovideo_fakeserver.core.world import World as Real
from nemovideo_pytest.darkroom import Darkroom
from support.machine import working
from support.machine.acting import Act, Ask, Due, due_of
from support.machine.audit import Audit, hold, same
from support.machine.filming import RANK
from support.machine.model import World
from support.machine.people import Person
from support.machine.readers import Readers
from support.machine.routes import who
from support.machine.striking import DRAWS, Reaching, Words


class Place:
    """A world by its `name`, what is known of it, and the streams that are open in it."""

    def __init__(self, fake: Fake, name: str, scenario: Words) -> None:
        self.name = name
        self.prefix = f"/~{name}" if name else ""
        self._place = fake._worlds.place(name)
        self._scenario = scenario
        self.readers = Readers()
        self.past: list[Audit] = []
        self.begin()

    def begin(self) -> None:
        """Take the world in as it begins, for the first time or anew."""
        self.audit = Audit(self.real.journal)
        self.model = World(self._scenario, self._place.options.variants, self._secret)
        self.model.slow = isinstance(self.real.studio, Darkroom) and self.real.studio.slow
        self.model.furnish(self.audit.read())
        self._states: dict[str, str] = {}
        self._shown: dict[tuple[str, str], str] = {}

    @property
    def real(self) -> Real:
        """The world itself."""
        return self._place.world

    @property
    def now(self) -> float:
        """The time in it."""
        return self.real.setting.clock.now()

    def _secret(self, uid: str, id_: str) -> str:
        account = self.real.accounts.get(uid)
        assert account is not None, f"there is no {uid}"
        return next(token.value for token in account.tokens if token.id == id_)

    def begin_again(self, scenario: Words | None = None) -> None:
        """Take in that the world has begun anew, with another scenario if there is one."""
        self._scenario = scenario or self._scenario
        hold(self.audit.journal is not self.real.journal, "a world that was reset is a new one")
        self.past.append(self.audit)
        self.begin()

    def act(self, ask: Ask, now: float) -> tuple[int, Act]:
        """Return the number of a request that was sent just now, and what there is to explain of it."""
        facts = self.settled(self.audit.read(), self.model.settle(now))
        hold(facts and facts[0].kind == "request", "a request is told", ask, facts)
        number = facts[0].number
        struck = deque(strikes(facts, number))
        rest = [fact for fact in facts if fact.kind not in ("request", "reply", *DRAWS)]
        return number, Act(ask, now, rest, Reaching(self.model.armed, struck, who(self.model, ask)))

    def settled(self, facts: list[Fact], due: list[Due]) -> list[Fact]:
        """Hold that what was due is told first, and in order; return the facts that follow."""
        told = [fact for fact in facts if fact.kind != "clock"]
        first = list(takewhile(lambda fact: due_of(fact) is not None, told))
        same([due_of(fact) for fact in first], due, "what falls due happens, in order of time")
        return told[len(first) :]

    def check(self) -> None:
        """Hold that everything in the world is as it should be."""
        real, model = self.real, self.model
        same({a.uid for a in real.accounts}, set(model.people), "who is there")
        for person in model.people.values():
            self._check_person(person)
        same({s.id for s in real.sessions}, set(model.sessions), "which sessions there are")
        for session in real.sessions:
            self._check_session(session)
        self._check_renders()
        fired = [(armed.id, armed.fired) for armed in real.faults.armed]
        same(
            fired, [(armed.id, armed.fired) for armed in model.armed], "how often faults have fired"
        )
        told = {id_: self.audit.fired.get(id_, 0) for id_, _ in fired}
        same(told, dict(fired), "every firing of a fault is told as a fact")

    def _check_person(self, person: Person) -> None:
        account = self.real.accounts.get(person.uid)
        assert account is not None, "who is there was compared"
        ledger = account.ledger
        same(
            (ledger.available, ledger.frozen),
            (person.available, person.frozen),
            "available + frozen = granted - spent, and frozen what unfinished turns reserve",
        )
        hold(person.available >= 0, "no balance is negative", person)
        entries = self.audit.entries.get(person.uid, 0)
        same(len(ledger.entries), entries, "every entry of a ledger is told as a fact")
        same((account.kind, account.plan), (person.kind, person.plan), "what an account is")
        for seen, token in zip(account.tokens, person.tokens, strict=True):
            is_so = (seen.id, seen.revoked, seen.expires_at, seen.scopes)
            same(
                is_so,
                (token.id, token.revoked, token.expires_at, token.scopes),
                "how a token stands",
            )
            state = token.state(self.now)
            before = self._states.get(token.id, "living")
            hold(
                before in ("living", state) or state == "revoked",
                "a token comes not to life again",
                token,
            )
            self._states[token.id] = state

    def _check_session(self, session: Any) -> None:
        known = self.model.sessions[session.id]
        uploads = [asset.filename for asset in session.uploads]
        same(uploads, known.uploads, "an upload that was acknowledged is in the session for ever")
        same(
            working.shape(session.draft), known.draft.shape(), "only accepted turns change a draft"
        )
        title = session.draft.get("m", {}).get("title")
        same(title, known.draft.title, "only accepted turns change a draft")
        same(len(session.generated), known.media, "media come into being when their turn says so")

    def _check_renders(self) -> None:
        real, now = self.real.renders, self.now
        same(set(real._by_id), set(self.model.renders), "which renders there are")
        for key, render in real._by_id.items():
            status = view(render, now).status
            same(status, self.model.renders[key].status(now), "how a render stands")
            before = self._shown.get(key, status)
            onward = RANK[before] < RANK[status] or before == status
            hold(onward, "the status of a render goes one way", before, status)
            self._shown[key] = status

    def forgotten(self, uid: str) -> None:
        """Let an account be unknown again, here as in the model."""
        gone = {token.id for token in self.model.people[uid].tokens}
        self._states = {id_: state for id_, state in self._states.items() if id_ not in gone}
        self._shown = {key: status for key, status in self._shown.items() if key[0] != uid}
        self.model.forget(uid)


def strikes(facts: list[Fact], number: int) -> list[Fact]:
    """Return what has struck the request of that number."""
    struck = [fact for fact in facts if fact.kind in DRAWS]
    for fact in struck:
        same(fact.what["request"], number, "a fault that strikes names its request")
    return struck
