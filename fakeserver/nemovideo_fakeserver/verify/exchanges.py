"""Requests, each together with what came of it.

Law: reply, frames, the end of the stream and the faults that struck name their request by its number.
What a request did at once (a turn accepted, a file stored) stands between it and its reply: the latest
request without a reply, on a line that does such things and of the same account, did it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.core.journal import Fact

DONE_BY = {
    "account.created": "anonymous-token",
    "token.issued": "token",
    "token.revoked": "revoke",
    "claim.issued": "claim-token",
    "session.created": "with-session",
    "turn.accepted": "run_sse",
    "turn.refused": "run_sse",
    "upload.stored": "upload",
    "render.submitted": "render",
    "render.polled": "render",
    "render.cancelled": "cancel",
}
"""What a request can do at once, and the word in the lines of the requests that do it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and what came of it.

    `acts` is what it did at once, `ended` the end of its stream. `account` and `session` are those it
    named or made, None where it named none; `session` also by way of the render it asked for.
    """

    request: Fact
    reply: Fact | None = None
    acts: tuple[Fact, ...] = ()
    frames: tuple[Fact, ...] = ()
    ended: Fact | None = None
    faults: tuple[Fact, ...] = ()
    account: str | None = None
    session: str | None = None

    @property
    def number(self) -> int:
        """The number of the request's fact."""
        return self.request.number

    @property
    def at(self) -> float:
        """When the request came, in virtual seconds since the Unix epoch."""
        return self.request.at

    @property
    def line(self) -> str:
        """The route, or method and path where there is none."""
        return text(self.request.what, "line") or ""

    @property
    def asked(self) -> str:
        """Method and path as they came."""
        what = self.request.what
        return f"{text(what, 'method') or ''} {text(what, 'path') or ''}"

    @property
    def body(self) -> Any:
        """The condensed JSON body, None where there is none."""
        return self.request.what.get("body")

    @property
    def headers(self) -> Mapping[str, Any]:
        """The headers, names in lower case."""
        headers = self.request.what.get("headers")
        return headers if isinstance(headers, Mapping) else {}

    @property
    def status(self) -> Any:
        """The HTTP status of the reply, None where none came."""
        return self.reply and self.reply.what.get("status")

    @property
    def code(self) -> Any:
        """The business code of the reply, None where there is none."""
        return self.reply and self.reply.what.get("code")

    def as_json(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        return {
            "account": self.account,
            "session": self.session,
            "request": fact_as_json(self.request),
            "reply": self.reply and fact_as_json(self.reply),
            "acts": [fact_as_json(fact) for fact in self.acts],
            "frames": [fact_as_json(fact) for fact in self.frames],
            "ended": self.ended and fact_as_json(self.ended),
            "faults": [fact_as_json(fact) for fact in self.faults],
        }


def fact_as_json(fact: Fact) -> dict[str, Any]:
    """Return a fact as plain data."""
    return {"number": fact.number, "at": fact.at, "kind": fact.kind, "what": dict(fact.what)}


def text(what: Mapping[str, Any], *keys: str) -> str | None:
    """Return the first of these details that is a text."""
    return next((value for key in keys if isinstance(value := what.get(key), str)), None)
