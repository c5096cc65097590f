"""Conduct of all kinds, for Hypothesis: what people in a history may do, well or badly.

A deed is a name and a few small numbers; `live` does it. Deeds draw from few sessions, texts and renders, so
that they meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hypothesis import strategies as st

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge import lines
from support.history import ATTRIBUTION, DOWNLOAD, SUBMIT, WEEK, History, Person, Sent, said

TEXTS = ("Add a title", "Louder", "export the video", "Make a film")
WORKS = (("edit", 50), ("edit", 0), ("generate", 100), ("text", 0))
BREAKS = ("reset", "truncated", "half_closed", "stall", "capped", "left")
FAULTY: tuple[dict[str, Any], ...] = (
    {},
    {"fault": ["f1"]},
    {"status": 503, "code": None},
    {"reply": False},
)


@dataclass(slots=True)
class Life:
    """Somebody, and what they have at hand: sessions, renders, streams that are open."""

    person: Person
    sessions: list[str] = field(default_factory=list)
    renders: list[str] = field(default_factory=list)
    open: list[Sent] = field(default_factory=list)
    over: dict[str, str] = field(default_factory=dict)

    def session(self, number: int) -> str:
        """Return one of the sessions."""
        return self.sessions[number % len(self.sessions)]

    def render(self, number: int) -> str:
        """Return one of the renders, or one that was never ordered."""
        return self.renders[number % len(self.renders)] if self.renders else "render_x"

    def poll(self, render: str, stands: str, **more: Any) -> None:
        """Be shown how a render stands; what is over stays as it is."""
        if stands != "processing":
            self.over.setdefault(render, stands)
        self.person.poll(render, self.over.get(render, stands), **more)


Deed: TypeAlias = tuple[str, int, int]
Doing: TypeAlias = Callable[[Life, int, int], object]


def _send(life: Life, a: int, b: int) -> None:
    work, price = WORKS[b % len(WORKS)]
    lasts = 300.0 if work == "generate" else 20.0
    session = life.session(a)
    life.open.append(
        life.person.send(TEXTS[b % len(TEXTS)], session, work=work, price=price, lasts=lasts)
    )


def _read(life: Life, a: int, b: int) -> None:
    if life.open:
        events = (("text",), ("tool_call", "tool_result"), ("error",), ("noise",))[b % 4]
        life.person.read(life.open.pop(a % len(life.open)), *events, heartbeats=bool(b % 2))


def _break(life: Life, a: int, b: int) -> None:
    if life.open:
        sent = life.open.pop(a % len(life.open))
        life.person.read(sent, "tool_call", how=BREAKS[b % len(BREAKS)], seconds=5 + 200 * (a % 2))


def _lost(life: Life, a: int, b: int) -> None:
    work, price = WORKS[b % len(WORKS)]
    life.person.send(TEXTS[b % len(TEXTS)], life.session(a), work=work, price=price, fault=["f1"])


def _submit(life: Life, a: int, b: int) -> None:
    render = life.render(b) if b % 3 == 0 else None
    told = ({}, {"status": 409, "code": 409}, {"status": 429, "code": 429}, {"fault": ["f"]})[b % 4]
    draft = {"tracks": b % 3, "d": 10_000}
    life.renders.append(life.person.submit(life.session(a), render, draft=draft, **told))


def _poll(life: Life, a: int, b: int) -> None:
    stands = ("processing", "completed", "failed")[b % 3]
    life.poll(life.render(a), stands, **FAULTY[b % len(FAULTY)])


def _fail(life: Life, a: int, b: int) -> None:
    render = life.person.submit(life.session(a))
    life.person.history.wait(30)
    life.poll(render, "failed")
    life.renders.append(render)


def _watch(life: Life, a: int, b: int) -> None:
    for _ in range(b):
        life.person.history.wait(30)
        life.poll(life.render(a), "processing")


def _ask(life: Life, a: int, b: int) -> None:
    headers = ({}, ATTRIBUTION, {**ATTRIBUTION, "x-skill-version": f"{a}"}, {"x-skill-source": ""})[
        b % 4
    ]
    life.person.ask(lines.STATE, session=life.session(a), headers={**headers, "accept": "*/*"})


def _limited(life: Life, a: int, b: int) -> None:
    body = said(TEXTS[b % len(TEXTS)], life.session(a))
    told: dict[str, Any] = {"status": 429, "code": 429, "retry_after": (None, 5, 600)[a % 3]}
    life.person.ask(lines.MESSAGE, body=body, **told)


def _code(life: Life, a: int, b: int) -> None:
    fault = {"fault": ["f1"]} if a % 2 else {}
    life.person.look(life.session(a), code=(1001, 1002)[b % 2], **fault)


def _gate(life: Life, a: int, b: int) -> None:
    line, code = ((SUBMIT, 402), (lines.MESSAGE, 1001), (lines.SESSION, 1001))[b % 3]
    life.person.ask(line, status=200 if code > 1000 else code, code=code)


def _again(life: Life, a: int, b: int) -> None:
    headers = {"x-client-id": life.person.account} if b % 2 else {"user-agent": "curl"}
    code = 429 if b % 2 else 400
    life.person.ask(lines.TOKEN, token=None, account=None, headers=headers, status=code, code=code)


DEEDS: dict[str, Doing] = {
    "wait": lambda life, a, b: life.person.history.wait((1, 10, 30, 100, 700, WEEK)[b % 6]),
    "session": lambda life, a, b: life.sessions.append(life.person.session()),
    "send": _send,
    "read": _read,
    "break": _break,
    "lost": _lost,
    "look": lambda life, a, b: life.person.look(life.session(a)),
    "submit": _submit,
    "poll": _poll,
    "fail": _fail,
    "watch": _watch,
    "ask": _ask,
    "limited": _limited,
    "code": _code,
    "gate": _gate,
    "again": _again,
    "refused": lambda life, a, b: life.person.refused(TEXTS[b % len(TEXTS)], life.session(a)),
    "grant": lambda life, a, b: life.person.grant(),
    "upload": lambda life, a, b: life.person.upload(life.session(a), code=(0, 4001, 4002)[b % 3]),
    "fetch": lambda life, a, b: life.person.ask(
        DOWNLOAD, render=life.render(a), status=409, code=409
    ),
    "stray": lambda life, a, b: life.person.ask("POST /v1/run", status=404, code=None),
    "arrive": lambda life, a, b: life.person.arrive(),
}

deeds = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 3), st.integers(0, 11)),
    max_size=40,
)
"""A life: what somebody does, one after the other."""


def live(name: str, done: Iterable[Deed]) -> History:
    """Return the history of one person who does all this."""
    history = History()
    life = Life(history.person(name))
    life.sessions.append(life.person.session())
    for deed, a, b in done:
        DEEDS[deed](life, a, b)
    history.tell("clock", rate=0)
    return history


def merged(one: Sequence[Fact], other: Sequence[Fact], turns: Sequence[bool]) -> list[Fact]:
    """Return the facts of both, in turns as told, each in its own order, numbered anew."""
    queues = [list(one), list(other)]
    renamed: list[dict[int, int]] = [{}, {}]
    facts: list[Fact] = []
    order = [*map(int, turns), *[0] * len(one), *[1] * len(other)]
    for whose in order:
        if queues[whose]:
            fact = queues[whose].pop(0)
            number = renamed[whose][fact.number] = len(facts) + 1
            what = dict(fact.what)
            if what.get("request") is not None:
                what["request"] = renamed[whose][what["request"]]
            facts.append(Fact(number, fact.at, fact.kind, what))
    return facts
