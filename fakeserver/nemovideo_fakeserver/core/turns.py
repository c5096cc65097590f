"""A turn: one accepted message, its price, and everything that will happen because of it.

Law: all of it is fixed at acceptance. The stream a client reads is a view of `facts`; whether anybody
reads changes nothing. In one session turns work one after the other: a turn accepted while another
runs starts when that one ends, and is planned on the draft as it will be then (assumed; no document
describes concurrent messages).

Documented: a heartbeat tells that work goes on. Assumed: it comes every 15 seconds, and every accepted
message freezes its own price (`costs` has the prices).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_fakeserver.core.draft import Draft
from nemovideo_fakeserver.core.plan import Act, Plan, Say, Sign, Trouble


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The `number`th sign of life of a turn, from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """The end of the work: the frozen credits are spent, or released if it failed."""


Happening: TypeAlias = Act | Heartbeat | Settlement


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happens at the virtual time `at`."""

    at: float
    what: Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One accepted message; `before` is the draft its work starts from, `cue` as in its plan.

    The message is told as the journal tells it, without tokens.
    """

    id: str
    number: int
    account: str
    session: str
    message: str
    kind: Literal["text", "edit", "generate"]
    price: int
    accepted_at: float
    starts_at: float
    ends_at: float
    failed: bool
    before: Draft
    facts: tuple[Fact, ...]
    cue: int | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing will be said: a client learns what was done from the state alone."""
        return not any(isinstance(fact.what, Say | Trouble) for fact in self.facts)


def schedule(
    plan: Plan, *, accepted_at: float, starts_at: float, heartbeat_interval: float
) -> tuple[Fact, ...]:
    """Lay the plan's beats, a heartbeat every so many seconds and the settlement out in time, in order."""
    ends_at = starts_at + plan.lasts
    acts = [
        Fact(starts_at + beat.at, beat.act) for beat in plan.beats if not isinstance(beat.act, Sign)
    ]
    signs = [starts_at + beat.at for beat in plan.beats if isinstance(beat.act, Sign)]
    quiet = [(starts_at + begin, starts_at + end) for begin, end in plan.quiet]
    signs += [
        at
        for at in _heartbeats(accepted_at, ends_at, heartbeat_interval)
        if not any(begin <= at < end for begin, end in quiet)
    ]
    acts += [Fact(at, Heartbeat(number)) for number, at in enumerate(sorted(signs), 1)]
    acts.sort(key=lambda fact: fact.at)
    return (*acts, Fact(ends_at, Settlement()))


def _heartbeats(accepted_at: float, ends_at: float, interval: float) -> Iterator[float]:
    number = 1
    while (at := accepted_at + number * interval) < ends_at:
        yield at
        number += 1
