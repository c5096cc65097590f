"""One request under examination: what it says, what the journal tells of it, and what it should be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.core.variants import Variants
from support.machine.audit import LawBroken, same
from support.machine.filming import Render
from support.machine.striking import Reaching, Words

Due = tuple[str, str, float]
"""What is told of something that fell due: the kind of fact, the turn, the time."""

STATUSES = {1001: 401, 1002: 404, 2001: 402, 4001: 415, 4002: 413}


class No(Exception):
    """The request is refused with a business code, or a status."""

    def __init__(self, code: int, *, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class Waits(Exception):
    """The reply waits for the file of a render."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self.render = render


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as a client sends it; `path` without the world's prefix, `body` JSON or none."""

    method: str
    path: str
    token: str | None = None
    client: str | None = None
    body: Any = None
    files: tuple[str, ...] = ()
    bare: bool = False

    @property
    def place(self) -> str:
        """Where faults on routes wait for it."""
        return f"{self.method} {self.path}"


@dataclass(slots=True)
class Told:
    """What a client should be told: a status, the code of an envelope (None: there is none), and more.

    `check` looks at the whole JSON, `raw` is the whole body of what is no JSON; `stream` names a turn.
    """

    status: int = 200
    code: int | None = 0
    check: Callable[[Any], None] | None = None
    raw: bytes | None = None
    stream: str | None = None
    headers: Words = field(default_factory=dict)


def refused(no: No, variants: Variants) -> Told:
    """Return what a refusal tells."""
    status = no.code if no.code < 1000 else 200
    if variants.error_http == "mapped" and no.code > 1000:
        status = STATUSES[no.code]
    headers = {} if no.retry_after is None else {"Retry-After": str(no.retry_after)}
    return Told(status=status, code=no.code, headers=headers)


def due_of(fact: Fact) -> Due | None:
    """Return of which thing that fell due a fact tells: its kind, the turn and the time."""
    what = fact.what
    if fact.kind == "ledger" and what["entry"] in ("settle", "release"):
        return (what["entry"], what["reference"], fact.at)
    if fact.kind in ("draft", "media.made", "turn.ended"):
        return (fact.kind, what["turn"], fact.at)
    return None


@dataclass(slots=True)
class Act:
    """A request, the instant of it, and the facts that were written in it and are not explained yet."""

    ask: Ask
    now: float
    facts: list[Fact]
    reaching: Reaching

    def take(self, kind: str, /, **what: Any) -> Fact:
        """Explain the next fact of a kind, which must be there and say so much."""
        for fact in self.facts:
            if fact.kind == kind:
                self.facts.remove(fact)
                for key, value in what.items():
                    same(fact.what[key], value, f"the {key} of {kind}")
                same(fact.at, self.now, f"the time of {kind}")
                return fact
        raise LawBroken(f"what happens is told as a fact: there is no {kind} after {self.ask}")

    def explain(self, due: list[Due]) -> None:
        """Explain what falls due as soon as it has been set in motion."""
        told = [fact for fact in self.facts if due_of(fact) is not None]
        same([due_of(fact) for fact in told], due, "what is due at once happens at once, in order")
        self.facts = [fact for fact in self.facts if fact not in told]

    def done(self) -> None:
        """Hold that every fact of this act is explained."""
        self.reaching.done()
        if self.facts:
            raise LawBroken(
                f"nothing happens that was not asked for: {self.facts} after {self.ask}"
            )
