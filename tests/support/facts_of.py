"""Facts as the journal of a fake would hold them, told by hand: a user, a session, what they did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.kinds import KINDS
from nemovideo_pytest.strategies import json_values

SESSION = "ses_5f3a"
ACCOUNT = "anon_4e1b"
TOKEN = "POST /api/auth/anonymous-token"
OPEN = "POST /api/tasks/{user}/with-session/nemo_agent"
CHAT = "POST /run_sse"
UPLOAD = "POST /api/upload-video/nemo_agent/{user}/{session}"
CREDITS = "GET /api/credits/balance/simple"
STATE = "GET /api/state/nemo_agent/{user}/{session}/latest"
SUBMIT = "POST /api/render/proxy/lambda"
POLL = "GET /api/render/proxy/lambda/{render}"
DOWNLOAD = "GET /cdn/render-result/{key}/{name}"


class Telling:
    """Writes facts down; `now` is virtual time, and `later` lets it pass."""

    def __init__(self, account: str = ACCOUNT, session: str = SESSION) -> None:
        self.account = account
        self.session = session
        self.now = float(EPOCH)
        self.facts: list[Fact] = []
        self.balance = [0, 0]
        self.turns = 0

    def later(self, seconds: float) -> Telling:
        """Let time pass."""
        self.now += seconds
        return self

    def add(self, kind: str, /, **what: Any) -> Fact:
        """Write one fact down, now."""
        fact = Fact(len(self.facts) + 1, self.now, kind, what)
        self.facts.append(fact)
        return fact

    def asked(self, line: str, **what: Any) -> Fact:
        """Write down that a request came."""
        method, path = line.split()
        known = {"user": "me", "session": self.session}
        told = {
            "id": f"req_{len(self.facts) + 1:04}",
            "line": line,
            "method": method,
            "path": path.format_map(known | {"render": "", "key": "k", "name": "n"} | what),
            "query": "",
            "peer": "127.0.0.1",
            "account": self.account,
            "token": "tok_1",
            "headers": {"x-skill-source": "topmediai-ai-music"},
            "body": None,
            "size": 0,
        }
        return self.add("request", **told | {k: v for k, v in what.items() if k in told})

    def answered(self, request: Fact, status: int = 200, code: int | None = 0, **what: Any) -> Fact:
        """Write down the reply to a request."""
        line = request.what["line"]
        return self.add(
            "reply", request=request.number, line=line, status=status, code=code, **what
        )

    def ask(self, line: str, **what: Any) -> Fact:
        """Write down a request that is answered at once; `status`, `code`, `shows` go to its reply."""
        reply = {k: what.pop(k) for k in ("status", "code", "message", "shows") if k in what}
        request = self.asked(line, **what)
        self.answered(request, **reply)
        return request

    def ledger(self, entry: str, amount: int, reference: str) -> Fact:
        """Write down a movement of credits."""
        available, frozen = {
            "grant": (amount, 0),
            "freeze": (-amount, amount),
            "settle": (0, -amount),
            "release": (amount, -amount),
            "spend": (-amount, 0),
        }[entry]
        self.balance = [self.balance[0] + available, self.balance[1] + frozen]
        return self.add(
            "ledger",
            account=self.account,
            entry=entry,
            amount=amount,
            reference=reference,
            available=self.balance[0],
            frozen=self.balance[1],
        )

    def connect(self, credits_: int = 100) -> Telling:
        """Get a token and open a session."""
        request = self.asked(TOKEN, account=None, token=None)
        self.add("account.created", account=self.account, kind="anonymous", plan="free")
        self.ledger("grant", credits_, "free credits")
        self.add("token.issued", token="tok_1", account=self.account, scopes=["read", "write"])
        self.answered(request)
        request = self.asked(OPEN)
        self.add("session.created", account=self.account, session=self.session, task="task_1")
        self.answered(request)
        return self

    def upload(self, *names: str) -> Telling:
        """Upload files."""
        files = [{"filename": name, "size": 1000} for name in names]
        request = self.asked(UPLOAD, body={"files": files}, size=1000)
        for name in names:
            self.of_session("upload.stored", media="m_1", filename=name, hash="0" * 64)
        self.answered(request)
        return self

    def chat(self, message: str, work: str = "edit", price: int = 50, **what: Any) -> Fact:
        """Send a message that is accepted; the stream and the work are still to come."""
        self.turns += 1
        body = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self.session,
            "new_message": {"parts": [{"text": message}]},
        }
        request = self.asked(CHAT, body=body, size=200)
        at = {"at": self.now, "starts_at": self.now, "ends_at": self.now + 20}
        told = {"silent": False, "failed": False} | what
        self.of_session("turn.accepted", turn=self.turn, work=work, price=price, message=message, **at, **told)  # fmt: skip
        if price:
            self.ledger("freeze", price, self.turn)
        self.answered(request, code=None, stream=self.turn)
        return request

    @property
    def turn(self) -> str:
        """The id of the latest turn."""
        return f"{self.session}/{self.turns}"

    def stream(
        self, request: Fact, events: Sequence[tuple[float, str]], how: str | None = "end"
    ) -> Telling:
        """Send frames, each so many seconds after the one before, and end the stream."""
        turn = self.turn
        for number, (seconds, event) in enumerate(events, 1):
            self.later(seconds).add("frame", request=request.number, session=self.session, turn=turn, number=number, event=event, bytes=80)  # fmt: skip
        if how is not None:
            self.of_session("stream.ended", request=request.number, turn=turn, how=how, frames=len(events))  # fmt: skip
        return self

    def draft(self, did: str, said: str, tracks: int = 1, d: int = 5_000) -> Telling:
        """Change the draft."""
        self.of_session("draft", turn=self.turn, did=did, said=said, tracks=tracks, d=d)
        return self

    def end_of_turn(self, spent: int = 50, *, failed: bool = False, work: str = "edit") -> Telling:
        """End the work: what is frozen is spent, or comes back."""
        if spent:
            self.ledger("release" if failed else "settle", spent, self.turn)
        self.of_session("turn.ended", turn=self.turn, work=work, spent=0 if failed else spent, failed=failed)  # fmt: skip
        return self

    def export(self, render: str, shows: Sequence[tuple[float, str, int]]) -> Telling:
        """Submit a render and poll it, each time so many seconds after the time before."""
        body = {"id": render, "sessionId": self.session, "draft": {"tracks": 1, "d": 5_000}}
        request = self.asked(SUBMIT, body=body, size=900)
        self.of_session("render.submitted", render=render, ends_at=self.now + 40)
        self.answered(request, code=None)
        for seconds, status, progress in shows:
            shown = {"render": render, "status": status, "progress": progress}
            self.later(seconds).ask(POLL, render=render, code=None, shows=shown)
        return self

    def of_session(self, kind: str, /, **what: Any) -> Fact:
        """Write down something that happened in the session."""
        return self.add(kind, account=self.account, session=self.session, **what)


def a_film() -> Telling:
    """Two turns with an upload, the second silent and its stream broken, and an export."""
    told = Telling().connect().later(1.0).upload("clip.mp4").later(1.0)
    first = told.chat("Trim the clip to five seconds and add a title that says Hello")
    told.stream(first, [(1.5, "text"), (2, "tool_call"), (11.5, "heartbeat")], how=None)
    told.later(1).draft("Put", 'video "clip.mp4" 0-5s', 1)
    told.later(2).draft("Put", 'title "Hello" 0-3s', 2)
    told.stream(first, [(0.5, "tool_result"), (1.5, "text")], how=None)
    told.end_of_turn()
    told.of_session("stream.ended", request=first.number, turn=told.turn, how="end", frames=5)
    told.later(0.5).ask(STATE)
    told.later(8)
    second = told.chat("把标题改成红色", price=0, silent=True)
    told.stream(second, [(12.0, "tool_call")], how=None)
    told.add("fault", fault="f1", place="turn.heartbeat[1]", side="before", do="break reset", request=second.number)  # fmt: skip
    told.of_session("stream.ended", request=second.number, turn=told.turn, how="reset", frames=1)
    for seconds in (1, 3, 3):
        told.later(seconds).ask(STATE)
    told.later(2).draft("Change", 'title "Hello" red', 2)
    told.later(1).end_of_turn(0)
    told.later(2).ask(STATE)
    told.later(1).ask(CREDITS)
    told.later(2).export(
        "render_1",
        [(30, "processing", 60), (30, "completed", 100)],
    )
    told.later(1).ask(DOWNLOAD, account=None, token=None, code=None)
    return told


_words = (
    st.sampled_from([SESSION, ACCOUNT, "ses_2", "anon_2", f"{SESSION}/1", "render_1"]) | st.text()
)
_some_words = (
    *("account", "session", "turn", "line", "method", "path", "id", "token", "message", "said"),
    *("entry", "reference", "event", "how", "did", "kind", "render", "filename", "by", "do"),
)
_known: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(_some_words, _words),
    "line": st.sampled_from([TOKEN, OPEN, CHAT, UPLOAD, CREDITS, STATE, SUBMIT, POLL]) | _words,
    "entry": st.sampled_from(["grant", "freeze", "settle", "release", "spend"]),
    "event": st.sampled_from(["text", "tool_call", "heartbeat"]) | _words,
    "how": st.sampled_from(["end", "left", "reset", "stall"]),
    **dict.fromkeys(("silent", "failed"), st.booleans()),
    **dict.fromkeys(("request", "number", "frames", "tracks"), st.integers(-1, 30)),
    **dict.fromkeys(("amount", "available", "frozen", "d", "jump"), st.integers(0, 10**6)),
    **dict.fromkeys(("status", "code"), st.sampled_from([0, 200, 402, 2001, None])),
    "stream": _words,
    "shows": st.fixed_dictionaries({"status": _words, "progress": st.integers(0, 100)}),
    "body": st.fixed_dictionaries({}, optional={"session_id": _words, "x": json_values()}),
    "headers": st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    "query": st.text(max_size=9),
}
_details = st.sampled_from(sorted(_known)).flatmap(
    lambda key: st.tuples(st.just(key), _known[key] | json_values())
)
_whats = st.lists(_details, max_size=8).map(dict)
_kinds = st.sampled_from(KINDS) | st.text(max_size=9)
_anything = st.lists(st.tuples(st.floats(-1e9, 1e12), _kinds, _whats), max_size=15)


@st.composite
def _damaged(draw: st.DrawFn) -> list[tuple[float, str, dict[str, Any]]]:
    """A film in which some facts are missing and some details are not what they should be."""
    told = [(fact.at, fact.kind, dict(fact.what)) for fact in a_film().facts if draw(st.booleans())]
    for n in draw(st.lists(st.integers(0, len(told) - 1), max_size=9)) if told else ():
        told[n][2].update(draw(_whats))
    return told


@st.composite
def journals(draw: st.DrawFn) -> list[Fact]:
    """Facts of any kind with details of any sort, numbered in a row from anywhere."""
    first = draw(st.integers(1, 5))
    told = draw(_anything | _damaged())
    return [Fact(first + n, *each) for n, each in enumerate(told)]
