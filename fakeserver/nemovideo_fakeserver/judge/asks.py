"""Requests as rules read them: one `Ask`, with its `Answer` once there is one.

What a client sends may be anything, so that nothing here takes a shape for granted. A request that the
gate refused has no body; where its account has exactly one session, that is the session it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.judge.lines import KNOWN, MESSAGE, STATE, SUBMITS

_SESSION = re.compile(r"/nemo_agent/[^/]+/([^/]+)(?:/latest)?$")
_RENDER = re.compile(r"/render/proxy/(?:lambda/)?([^/]+)(?:/(?:cancel|download))?$")
_NO_HEADERS: Mapping[str, str] = {}

Place: TypeAlias = tuple[str | None, str]
"""An account, and the id of a session or render of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply; `number` is that of its fact, `status` is None where no head ever left.

    `faults`: a fault acted on it. `sure`: none held it back, broke it or garbled it, so it was heard.
    """

    number: int
    at: float
    status: int | None
    code: int | None
    message: str
    retry_after: float | None
    stream: str | None
    faults: bool
    sure: bool
    shows: str | None

    @property
    def refuses(self) -> bool:
        """Whether it says that nothing was done; a 408 and a 5xx leave that open."""
        if self.status is None or self.status >= 500 or self.status == 408:
            return False
        return self.status >= 400 or bool(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request; `number` is that of its fact, `account` who is known to stand behind it.

    `session`, `render` and `text` are what path or body name; None where they name none.
    """

    number: int
    at: float
    id: str | None
    line: str
    method: str
    path: str
    query: str
    peer: str
    account: str | None
    token: str | None
    headers: Mapping[str, str]
    body: Any
    session: str | None
    render: str | None
    text: str | None
    answer: Answer | None

    def heard(self, code: int) -> bool:
        """Say whether the reply had this code, be it as a business code or as an HTTP status."""
        answer = self.answer
        return answer is not None and code in (answer.code, answer.status)

    @property
    def fine(self) -> bool:
        """Whether it was answered, by no fault, with what it asked for."""
        answer = self.answer
        return (
            answer is not None
            and not answer.faults
            and answer.status is not None
            and answer.status < 400
            and not answer.code
        )

    @property
    def strayed(self) -> bool:
        """Whether no route answers it: the journal then names method and path."""
        raw = self.line not in KNOWN and f"{self.method} {self.path}".startswith(self.line)
        by_a_fault = self.answer is not None and self.answer.faults
        return raw and not by_a_fault and (self.heard(404) or self.heard(405))

    @property
    def guessed(self) -> bool:
        """Whether it is taken to be about its account's only session, as nobody read its body."""
        return self.acts and self.body is None

    @property
    def looks(self) -> bool:
        """Whether it asks for the state of a session."""
        return self.line == STATE

    @property
    def acts(self) -> bool:
        """Whether it is a message or the order of a render."""
        return self.line == MESSAGE or self.line in SUBMITS

    def knew(self, answer: Answer | None) -> bool:
        """Say whether that answer had surely been heard when this was asked."""
        return self.may_know(answer) and answer is not None and answer.sure

    def may_know(self, answer: Answer | None) -> bool:
        """Say whether that answer had been given when this was asked."""
        return answer is not None and answer.number < self.number

    def header(self, name: str) -> str:
        """Return the header `name` (lower case) without spaces around it; "" where it is missing."""
        return str(self.headers.get(name, "")).strip()


def read_answer(fact: Fact, *, sure: bool) -> Answer:
    """Read a fact `reply`."""
    what = fact.what
    shows = what.get("shows")
    status = shows.get("status") if isinstance(shows, Mapping) else None
    return Answer(
        number=fact.number,
        at=fact.at,
        status=_whole(what.get("status")),
        code=_whole(what.get("code")),
        message=_text(what.get("message")) or "",
        retry_after=_number(what.get("retry_after")),
        stream=_text(what.get("stream")),
        faults=bool(what.get("fault")),
        sure=sure,
        shows=_text(status),
    )


def read_ask(fact: Fact, answer: Answer | None, account: str | None, session: str | None) -> Ask:
    """Read a fact `request`, given its reply and what is known of whom it comes from."""
    what = fact.what
    line, path, body = (
        _text(what.get("line")) or "",
        _text(what.get("path")) or "",
        what.get("body"),
    )
    headers = what.get("headers")
    return Ask(
        number=fact.number,
        at=fact.at,
        id=_text(what.get("id")),
        line=line,
        method=_text(what.get("method")) or line.partition(" ")[0],
        path=path,
        query=_text(what.get("query")) or "",
        peer=_text(what.get("peer")) or "",
        account=account,
        token=_text(what.get("token")),
        headers=headers if isinstance(headers, Mapping) else _NO_HEADERS,
        body=body,
        session=session,
        render=_render(line, path, body),
        text=_said(body) if line == MESSAGE else None,
        answer=answer,
    )


def session_named(fact: Fact) -> str | None:
    """Return the session that a request's path or body names."""
    found = _SESSION.search(_text(fact.what.get("path")) or "")
    if found:
        return unquote(found[1])
    body = fact.what.get("body")
    if not isinstance(body, Mapping):
        return None
    return _text(body.get("session_id")) or _text(body.get("sessionId"))


def render_named(fact: Fact) -> str | None:
    """Return the render that a request's path or body names."""
    line, path = _text(fact.what.get("line")) or "", _text(fact.what.get("path")) or ""
    return _render(line, path, fact.what.get("body"))


def _render(line: str, path: str, body: Any) -> str | None:
    if line in SUBMITS:
        return _text(body.get("id")) if isinstance(body, Mapping) else None
    found = _RENDER.search(path) if "{render}" in line else None
    return unquote(found[1]) if found else None


def _said(body: Any) -> str | None:
    """Return the text of a message, its parts joined by line breaks."""
    message = body.get("new_message") if isinstance(body, Mapping) else None
    parts = message.get("parts") if isinstance(message, Mapping) else None
    if not isinstance(parts, list):
        return None
    texts = [part.get("text") for part in parts if isinstance(part, Mapping)]
    return "\n".join(text for text in texts if isinstance(text, str)) or None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None
