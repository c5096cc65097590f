"""Facts as a world would write them, by hand: people who ask, turns that run, time that moves when told.

    history = History()
    ann = history.person("ann")
    session = ann.session()
    sent = ann.send("Add a title", session)
    ann.read(sent)
    assert not history.verdicts()

What falls due is written when the next fact is, as in a journal. Everybody behaves well unless told not to.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge import Report, Verdict, judge
from nemovideo_fakeserver.judge import lines as known

WEEK = 7 * 86_400.0
ATTRIBUTION = {
    "x-skill-source": "best-ai-music-generator",
    "x-skill-version": "1.0.0",
    "x-skill-platform": "clawhub",
}
SUBMIT = "POST /api/render/proxy/lambda"
POLL = "GET /api/render/proxy/lambda/{render}"
DOWNLOAD = "GET /api/render/proxy/{render}/download"


@dataclass(slots=True)
class History:
    """The facts of one world, and its clock."""

    now: float = EPOCH
    facts: list[Fact] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    due: list[tuple[float, int, str, dict[str, Any]]] = field(default_factory=list)
    order: int = 0

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    def tell(self, kind: str, /, **what: Any) -> int:
        """Write what is due, and then a fact; return its number."""
        while self.due and self.due[0][0] <= self.now:
            at, _, late, told = heapq.heappop(self.due)
            self._write(at, late, told)
        return self._write(self.now, kind, what)

    def later(self, at: float, kind: str, /, **what: Any) -> None:
        """Let a fact fall due."""
        self.order += 1
        heapq.heappush(self.due, (at, self.order, kind, what))

    def _write(self, at: float, kind: str, what: dict[str, Any]) -> int:
        self.facts.append(Fact(len(self.facts) + 1, at, kind, what))
        return len(self.facts)

    def person(self, name: str = "ann", **headers: str) -> Person:
        """Return somebody with an account, a token and well-filled headers."""
        if name not in self.people:
            self.people[name] = Person(self, f"anon_{name}", {**ATTRIBUTION, **headers})
            self.people[name].arrive(new=True)
        return self.people[name]

    def report(self, dropped: int = 0) -> Report:
        """Judge the facts, of which so many of the oldest are gone."""
        return judge(self.facts[dropped:], dropped=dropped)

    def verdicts(self, rule: str | None = None) -> tuple[Verdict, ...]:
        """Judge the facts, and return the verdicts, of one rule where one is named."""
        return tuple(v for v in self.report().verdicts if rule in (None, v.rule))

    def kept(self, rule: str) -> int:
        """Judge the facts, and return how often a rule was kept."""
        return next(t.kept for t in self.report().rules if t.rule.name == rule)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent: its request, and its turn (None where it was refused)."""

    request: int
    session: str
    turn: str | None
    at: float
    ends_at: float


@dataclass(slots=True)
class Person:
    """Whoever stands behind an account."""

    history: History
    account: str
    headers: dict[str, str]
    token: str = ""
    turns: dict[str, int] = field(default_factory=dict)
    ids: int = 0

    def fresh(self, kind: str) -> str:
        """Return an id that nobody has."""
        self.ids += 1
        return f"{kind}{self.account}_{self.ids}"

    def arrive(
        self, *, new: bool = False, lasts: float | None = WEEK, fault: str | None = None
    ) -> None:
        """Get an anonymous token, which may last for ever (None); the first comes with the account.

        A `fault` such as `break reset` may keep it from whoever asked.
        """
        request = self.ask(known.TOKEN, reply=False, token=None, account=None)
        if new:
            made = {"account": self.account, "kind": "anonymous", "plan": "free"}
            self.history.tell("account.created", **made)
        self.token = self.fresh("tok_")
        self.history.tell(
            "token.issued",
            token=self.token,
            account=self.account,
            scopes=["read", "write", "upload"],
            expires_at=None if lasts is None else self.history.now + lasts,
            client=self.account,
        )
        if fault is not None:
            self.history.tell("fault", fault="f1", at=known.TOKEN, do=fault, request=request)
        self.answer(request, known.TOKEN, **({"fault": ["f1"]} if fault else {}))

    def ask(self, line: str, /, *, reply: bool = True, **more: Any) -> int:
        """Write a request and its reply, and return the number of the request.

        `session`, `render` and `body` are what it is about; `account`, `token`, `headers`, `query` and
        `path` replace what this person would send; the rest goes into the reply.
        """
        session, render = more.pop("session", None), more.pop("render", None)
        path = line.split()[1].format(user="me", session=session, render=render, token="x")
        request = self.history.tell(
            "request",
            id=self.fresh("req_"),
            line=more.pop("line", line),
            method=line.split(maxsplit=1)[0],
            path=more.pop("path", path),
            query=more.pop("query", ""),
            peer=more.pop("peer", "127.0.0.1"),
            account=more.pop("account", self.account),
            token=more.pop("token", self.token),
            headers=more.pop("headers", None) or self._headers(line),
            body=more.pop("body", None),
            size=0,
        )
        if reply:
            self.answer(request, line, **more)
        return request

    def _headers(self, line: str) -> dict[str, str]:
        if line == known.TOKEN:
            return {"x-client-id": self.account}
        if line == known.MESSAGE:
            return {**self.headers, "accept": "text/event-stream"}
        return self.headers

    def answer(self, request: int, line: str, /, **told: Any) -> int:
        """Write a reply: fine, unless told otherwise."""
        return self.history.tell(
            "reply", **{"request": request, "line": line, "status": 200, "code": 0, **told}
        )

    def session(self) -> str:
        """Open a session."""
        request = self.ask(known.SESSION, reply=False, body={"task_name": "project"})
        session = self.fresh("55297987060244152")
        self.history.tell(
            "session.created", account=self.account, session=session, task=f"task_{session}"
        )
        self.answer(request, known.SESSION)
        return session

    def send(
        self,
        text: str,
        session: str,
        *,
        work: str = "edit",
        price: int = 50,
        lasts: float = 20.0,
        fault: Iterable[str] = (),
        status: int = 200,
        code: int | None = None,
        **more: Any,
    ) -> Sent:
        """Send a message that is accepted, whatever a fault answers; nobody has read its stream yet."""
        request = self.ask(
            known.MESSAGE, session=session, body=said(text, session), reply=False, **more
        )
        now, history = self.history.now, self.history
        number = self.turns[session] = self.turns.get(session, 0) + 1
        turn, ends_at = f"{session}/{number}", now + lasts
        here: dict[str, Any] = {"account": self.account, "session": session, "turn": turn}
        if price:
            history.tell("ledger", **self._entry("freeze", price, turn))
            history.later(ends_at, "ledger", **self._entry("settle", price, turn))
        history.tell(
            "turn.accepted",
            **here,
            work=work,
            price=price,
            message=text,
            silent=False,
            failed=False,
            starts_at=now,
            ends_at=ends_at,
        )
        if work != "text":
            history.later(
                ends_at - 1, "draft", **here, did="Put", tracks=number, d=10_000, said="x"
            )
        history.later(ends_at, "turn.ended", **here, work=work, spent=price, failed=False)
        self.answer(
            request,
            known.MESSAGE,
            code=code,
            status=status,
            stream=turn,
            **({"fault": list(fault)} if fault else {}),
        )
        return Sent(request, session, turn, now, ends_at)

    def _entry(self, entry: str, amount: int, reference: str) -> dict[str, Any]:
        return {
            "account": self.account,
            "entry": entry,
            "amount": amount,
            "reference": reference,
            "available": 0,
            "frozen": 0,
        }

    def read(
        self,
        sent: Sent,
        *events: str,
        how: str = "end",
        seconds: float | None = None,
        heartbeats: bool = True,
    ) -> None:
        """Read a stream to its end, or for so many seconds; `events` come right before."""
        end = sent.ends_at if seconds is None else sent.at + seconds
        here = {"request": sent.request, "session": sent.session, "turn": sent.turn}
        frames = 0
        while heartbeats and self.history.now + 15 < end:
            self.history.wait(15)
            frames += 1
            self.history.tell("frame", **here, number=frames, event="heartbeat", bytes=8)
        self.history.now = max(self.history.now, end)
        for event in events or ("tool_call", "tool_result", "text"):
            frames += 1
            self.history.tell("frame", **here, number=frames, event=event, bytes=80)
        self.history.tell("stream.ended", **here, how=how, frames=frames)

    def say(self, text: str, session: str, **more: Any) -> Sent:
        """Send a message and read what comes of it, to the end."""
        sent = self.send(text, session, **more)
        self.read(sent)
        return sent

    def broke(self, text: str, session: str, how: str = "reset", **more: Any) -> Sent:
        """Send a message whose stream breaks after five seconds."""
        sent = self.send(text, session, **more)
        self.read(sent, "tool_call", how=how, seconds=5)
        return sent

    def refused(self, text: str, session: str, price: int = 50) -> int:
        """Send a message for which there are not enough credits."""
        request = self.ask(known.MESSAGE, body=said(text, session), reply=False)
        self.history.tell(
            "turn.refused",
            account=self.account,
            session=session,
            code=2001,
            price=price,
            available=0,
        )
        self.answer(request, known.MESSAGE, code=2001, message="Insufficient credits")
        return request

    def grant(self, amount: int = 100) -> None:
        """Get more credits."""
        self.history.tell("ledger", **self._entry("grant", amount, "top up"))

    def look(self, session: str, **more: Any) -> int:
        """Ask for the state."""
        return self.ask(known.STATE, session=session, **more)

    def submit(
        self,
        session: str,
        render: str | None = None,
        *,
        draft: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> str:
        """Order a render, and return its id."""
        render = render or self.fresh("render_")
        drawn = {"tracks": 1, "d": 10_000} if draft is None else dict(draft)
        body = more.pop("body", {"id": render, "sessionId": session, "draft": drawn})
        request = self.ask(SUBMIT, body=body, reply=False)
        told = {"code": None, **more}
        if told.get("status", 200) < 400:
            here = {"account": self.account, "session": session, "render": render}
            self.history.tell("render.submitted", **here, ends_at=self.history.now + 60)
        self.answer(request, SUBMIT, **told)
        return render

    def poll(self, render: str, stands: str = "processing", **more: Any) -> int:
        """Ask how a render stands, and be shown it."""
        shows = {"render": render, "status": stands, "progress": 50}
        return self.ask(POLL, render=render, **{"code": None, "shows": shows, **more})

    def upload(
        self, session: str, filename: str = "clip.mp4", size: int = 1000, **more: Any
    ) -> int:
        """Send a file."""
        body = {"files": [{"filename": filename, "size": size}]}
        return self.ask(known.UPLOAD, session=session, body=body, **more)


def said(text: str, session: str) -> dict[str, Any]:
    """Return the body of a message."""
    return {
        "app_name": "nemo_agent",
        "user_id": "me",
        "session_id": session,
        "new_message": {"parts": [{"text": text}]},
    }
