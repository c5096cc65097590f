"""What the proxy answers in its own name: a body no client takes for the service's, and a mark in the head."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from nemovideo_proxy.model import Headers

MARK = "X-Nemo-Proxy"
"""The header that says an answer is the proxy's own, and why."""

Why: TypeAlias = Literal[
    "refused",
    "loop",
    "budget",
    "resend",
    "not-recorded",
    "replayed-token",
    "asset",
    "too-large",
    "unreachable",
]

_STATUSES: dict[Why, int] = {
    "refused": 403,
    "loop": 508,
    "budget": 503,
    "resend": 503,
    "not-recorded": 502,
    "replayed-token": 503,
    "asset": 404,
    "too-large": 413,
    "unreachable": 502,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An answer of the proxy itself; `sentence` says to people what happened and what to do."""

    why: Why
    sentence: str
    facts: tuple[tuple[str, Any], ...] = ()

    @property
    def status(self) -> int:
        """The HTTP status."""
        return _STATUSES[self.why]

    @property
    def headers(self) -> Headers:
        """The headers, without those of framing."""
        return (("Content-Type", "application/json"), (MARK, self.why))

    @property
    def body(self) -> bytes:
        """The body: JSON with one key that the service never uses."""
        told = {"why": self.why, "says": self.sentence, **dict(self.facts)}
        return json.dumps({"nemo_proxy": told}, ensure_ascii=False).encode() + b"\n"


TOO_LARGE = Marked(
    why="too-large", sentence="the request is larger than what is recorded: use a larger --max-body"
)


class NotRecorded(Exception):
    """Something crossed the wire that could not be written; the recording is over. One sentence."""
