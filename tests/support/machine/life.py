"""The state machine: Hypothesis chooses the world and the deeds, and shrinks a life that breaks a law."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from support.machine import casting, choices
from support.machine.deeds import Deed
from support.machine.repertoire import do
from support.machine.striking import Words
from support.machine.walk import Walk

Report = Callable[[Walk, BaseException], None]
"""Hears of a life that has broken a law."""

ASIDES = ("elsewhere", "slowly", "develop", "guest", "stray", "play")


class Life(RuleBasedStateMachine):
    """One life: a world, and what is done in it. Each rule is a deed, or one of a few of a kind."""

    lived = 0
    """Deeds done in all lives so far."""

    report: Report | None = None
    """Who hears of a life that has broken a law, before everybody else does."""

    def __init__(self) -> None:
        super().__init__()
        self.walk: Walk | None = None
        self.broken = False

    @initialize(
        cast=st.sampled_from(casting.CASTS),
        readings=st.lists(st.sampled_from(casting.READINGS), max_size=2),
        newcomers=st.sampled_from(casting.NEWCOMERS),
        renders=st.sampled_from(casting.RENDERS),
        armed=st.lists(choices.faults, max_size=3),
    )
    def begin(self, cast: Any, readings: Any, newcomers: Any, renders: Any, armed: Any) -> None:
        """A world begins."""
        self.walk = Walk(
            casting.scenario(
                cast=cast, readings=readings, newcomers=newcomers, renders=renders, faults=armed
            )
        )

    @property
    def going(self) -> Walk:
        """The walk, which has begun."""
        assert self.walk is not None, "a world has begun"
        return self.walk

    def do(self, name: str, **what: Any) -> None:
        """Do a deed; what it breaks is reported."""
        Life.lived += 1
        self._reported(lambda walk: do(walk, Deed(name, what)))

    def _reported(self, act: Callable[[Walk], None]) -> None:
        try:
            act(self.going)
        except BaseException as broken:
            self.broken = True
            if self.report is not None:
                self.report(self.going, broken)
            raise

    @rule(client=choices.clients)
    def token(self, client: int) -> None:
        """A client comes."""
        self.do("token", client=client)

    @precondition(choices.tokens)
    @rule(token=choices.bearers)
    def session(self, token: int) -> None:
        """A session is opened."""
        self.do("session", token=token)

    @precondition(choices.sessions)
    @rule(token=choices.bearers, session=choices.some, message=choices.messages)
    def say(self, token: int, session: int, message: str) -> None:
        """A message is sent, and its stream read on from then on."""
        self.do("say", token=token, session=session, message=message)

    @precondition(choices.sessions)
    @rule(session=choices.some, message=choices.messages)
    def ask(self, session: int, message: str) -> None:
        """A message is sent by whom it is to be sent."""
        self.do("say", token=0, session=session, message=message)

    @precondition(choices.sessions)
    @rule(session=choices.some, message=choices.messages, pieces=st.sampled_from((10_000, 0, 1, 3)))
    def talk(self, session: int, message: str, pieces: int) -> None:
        """A message is sent through the real door."""
        self.do("talk", session=session, message=message, pieces=pieces)

    @precondition(choices.sessions)
    @rule(session=choices.some, message=choices.messages)
    def shout(self, session: int, message: str) -> None:
        """A message is sent, and nobody listens."""
        self.do("shout", session=session, message=message)

    @precondition(choices.readers)
    @rule(reader=choices.some)
    def leave(self, reader: int) -> None:
        """A reader goes away."""
        self.do("leave", reader=reader)

    @precondition(choices.sessions)
    @rule(token=choices.bearers, session=choices.some, files=st.sampled_from(casting.UPLOADS))
    def upload(self, token: int, session: int, files: list[str]) -> None:
        """Files are uploaded."""
        self.do("upload", token=token, session=session, files=files)

    @precondition(choices.sessions)
    @rule(token=choices.bearers, session=choices.some)
    def look(self, token: int, session: int) -> None:
        """Somebody looks at a session."""
        self.do("state", token=token, session=session)

    @precondition(choices.tokens)
    @rule(token=choices.bearers)
    def count(self, token: int) -> None:
        """Somebody asks what they have."""
        self.do("balance", token=token)

    @precondition(choices.sessions)
    @rule(token=choices.bearers, session=choices.some, film=choices.many)
    def order(self, token: int, session: int, film: int) -> None:
        """A film is ordered."""
        self.do("render", token=token, session=session, film=film)

    @precondition(choices.films)
    @rule(token=choices.bearers, film=choices.some)
    def poll(self, token: int, film: int) -> None:
        """Somebody looks how a film stands."""
        self.do("poll", token=token, film=film)

    @precondition(choices.films)
    @rule(what=st.sampled_from(("download", "cancel")), token=choices.bearers, film=choices.some)
    def fetch(self, what: str, token: int, film: int) -> None:
        """A film is fetched, or called off."""
        self.do(what, token=token, film=film)

    @precondition(choices.tokens)
    @rule(token=choices.bearers, scopes=st.sampled_from(casting.SCOPES), days=st.integers(1, 9))
    def more(self, token: int, scopes: list[str], days: int) -> None:
        """Somebody makes a further token."""
        self.do("create_token", token=token, scopes=scopes, days=days)

    @precondition(choices.tokens)
    @rule(token=choices.bearers, which=choices.some)
    def lose(self, token: int, which: int) -> None:
        """Somebody revokes a token."""
        self.do("revoke_token", token=token, which=which)

    @precondition(choices.sessions)
    @rule(token=choices.bearers, session=choices.some, task=choices.few)
    def show(self, token: int, session: int, task: int) -> None:
        """Somebody wants a link for a browser."""
        self.do("claim", token=token, session=session, task=task)

    @rule(seconds=st.sampled_from(casting.JUMPS))
    def wait(self, seconds: float) -> None:
        """Time goes on."""
        self.do("jump", seconds=seconds)

    @precondition(choices.readers)
    @rule()
    def wait_for_it(self) -> None:
        """Time goes on to the next thing that is due."""
        self.do("jump", seconds=0.0)

    @precondition(choices.films)
    @rule()
    def wait_for_film(self) -> None:
        """Time goes on to the next thing that is due."""
        self.do("jump", seconds=0.0)

    @rule(seconds=st.sampled_from(casting.DAYS))
    def rest(self, seconds: float) -> None:
        """Time goes on by an hour, by days, by a week."""
        self.do("jump", seconds=seconds)

    @precondition(choices.people)
    @rule(
        what=st.sampled_from(("grant", "spend")),
        person=choices.some,
        amount=st.sampled_from(casting.AMOUNTS),
    )
    def move(self, what: str, person: int, amount: int) -> None:
        """Credits come or go from outside."""
        self.do(what, person=person, amount=amount)

    @precondition(choices.people)
    @rule(what=st.sampled_from(("expire", "revoke")), person=choices.some, which=choices.some)
    def bar(self, what: str, person: int, which: int) -> None:
        """Tokens come to an end."""
        self.do(what, person=person, which=which)

    @precondition(choices.people)
    @rule(person=choices.some, plan=st.sampled_from(("paid", "free")))
    def upgrade(self, person: int, plan: str) -> None:
        """Somebody registers."""
        self.do("upgrade", person=person, plan=plan)

    @rule(fault=choices.faults, times=st.sampled_from(casting.TIMES), who=choices.some)
    def arm(self, fault: Words, times: Words, who: int) -> None:
        """A fault is armed."""
        self.do("arm", fault={**fault, **times}, who=who)

    @precondition(choices.sessions)
    @rule(fault=choices.faults, who=choices.some)
    def meddle(self, fault: Words, who: int) -> None:
        """A fault is armed for good."""
        self.do("arm", fault={**fault, "times": "always"}, who=who)

    @rule(fault=choices.some)
    def disarm(self, fault: int) -> None:
        """A fault is taken away."""
        self.do("disarm", fault=fault)

    @rule(what=st.sampled_from(("reset_account", "reset_world", "reset_all")), person=choices.some)
    def reset(self, what: str, person: int) -> None:
        """Something begins anew."""
        self.do(what, **({"person": person} if what == "reset_account" else {}))

    @rule(what=st.sampled_from(ASIDES), kind=choices.many)
    def aside(self, what: str, kind: int) -> None:
        """Something else happens."""
        details = {"stray": {"kind": kind % 2}, "play": {"cast": kind % 5, "reading": kind}}
        self.do(what, **details.get(what, {}))

    def teardown(self) -> None:
        """The life ends."""
        if self.walk is None:
            return
        try:
            if not self.broken:
                self._reported(Walk.finish)
        finally:
            self.walk.__exit__()
