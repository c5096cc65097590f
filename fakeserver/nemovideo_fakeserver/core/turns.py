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
from nemovideo_fakeserver.core.plan import Act, Plan


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
    """One accepted message; `before` is the draft its work starts from."""

    id: str
    number: int
    kind: Literal["text", "edit", "generate"]
    price: int
    accepted_at: float
    starts_at: float
    ends_at: float
    failed: bool
    before: Draft
    facts: tuple[Fact, ...]


def schedule(
    plan: Plan, *, accepted_at: float, starts_at: float, heartbeat_interval: float
) -> tuple[Fact, ...]:
    """Lay the plan's beats, a heartbeat every so many seconds and the settlement out in time, in order."""
    ends_at = starts_at + plan.lasts
    facts = [Fact(starts_at + beat.at, beat.act) for beat in plan.beats]
    facts += _heartbeats(accepted_at, ends_at, heartbeat_interval)
    facts.sort(key=lambda fact: fact.at)
    return (*facts, Fact(ends_at, Settlement()))


def _heartbeats(accepted_at: float, ends_at: float, interval: float) -> Iterator[Fact]:
    number = 1
    while (at := accepted_at + number * interval) < ends_at:
        yield Fact(at, Heartbeat(number))
        number += 1
