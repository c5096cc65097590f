"""A rule: what the documents ask of a client, and a function that finds the occasions to check it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_fakeserver.judge.asks import Ask
from nemovideo_fakeserver.judge.evidence import Evidence
from nemovideo_fakeserver.judge.turns import Turn

Severity: TypeAlias = Literal["error", "warning", "hint"]

SLACK = 1.0
"""Seconds by which a wait may fall short: clocks and networks are not exact."""


NEW_WISH = 600.0
"""Seconds after which the same again may be the user's wish; sooner it is the client's own idea."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One occasion at which a rule could be checked.

    `did` says what the client did, and is empty where it kept the rule; `asks` are the requests that
    show it, the last of them the one that broke the rule. `cost` is in credits: 0 where it might have
    cost some and did not, None where credits do not come into it; `turn` is what they were frozen for.
    `open`: the rule is broken only because nothing followed so far.
    """

    did: str = ""
    at: float = 0.0
    asks: tuple[Ask, ...] = ()
    account: str | None = None
    session: str | None = None
    turn: str | None = None
    cost: int | None = None
    open: bool = False


KEPT = Finding()

Check: TypeAlias = Callable[[Evidence], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`says` is what to do, `source` where that stands, `check` yields a finding per occasion.

    Severity: an error loses money, work or access, or leaves the user without an answer; a warning is
    against the documents; a hint can be better done.
    """

    name: str
    severity: Severity
    source: str
    says: str
    check: Check


def broken(
    did: str,
    *asks: Ask,
    turn: Turn | None = None,
    cost: int | None = None,
    account: str | None = None,
) -> Finding:
    """Return the finding that the last of these requests broke the rule; `turn` is what it cost."""
    last = asks[-1]
    return Finding(
        did=did,
        at=last.at,
        asks=asks,
        account=account or last.account,
        session=last.session,
        turn=turn.id if turn else None,
        cost=cost,
    )


def unmet(did: str, turn: Turn, at: float) -> Finding:
    """Return the finding that nothing followed on a turn, so far, that should have."""
    return Finding(
        did=did,
        at=at,
        asks=(turn.ask,) if turn.ask else (),
        account=turn.account,
        session=turn.session,
        open=True,
    )
