"""How a test left a fake: its faults, what the judge says, and the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from nemovideo_pytest.ending.ending import Breach, Ending

if TYPE_CHECKING:
    from nemovideo_fakeserver import Fake

WIDTH = 100
"""Cells of a line."""

UNKNOWN = "unknown-route"
"""The rule of the judge about requests that no route answers."""


def ending(fake: Fake, world: str = "") -> Ending:
    """Return how a world was left. Requests to no documented route are among the breaches."""
    return Ending(
        undone=tuple(_unfired(fake, world)),
        breaches=tuple(_breaches(fake, world)),
        story=partial(_story, fake, world),
    )


def _story(fake: Fake, world: str) -> str:
    return fake.timeline(world=world, width=WIDTH) if len(fake.world(world).journal) else ""


def _unfired(fake: Fake, world: str) -> Iterator[str]:
    """Yield what to say of faults that never fired; one that was reached, and not drawn, did its part."""
    faults = fake.world(world).faults
    idle = [one for one in faults.unfired() if one.fault.probability == 1 or not one.reached]
    if idle:
        title, first, *others = faults.explained(idle).split("\n")
        yield "\n".join((f"{title} {first.strip()}", *others))  # pytest's summary has one line


def _breaches(fake: Fake, world: str) -> Iterator[Breach]:
    """Yield each broken rule once; hints are no rules."""
    told: set[str] = set()
    for verdict in fake.verdicts(world).of("error", "warning"):
        if verdict.rule not in told:
            told.add(verdict.rule)
            yield Breach(rule=verdict.rule, did=verdict.did, source=verdict.source)
    if UNKNOWN not in told:
        yield from _stray(fake, world)


def _stray(fake: Fake, world: str) -> Iterator[Breach]:
    """Yield a request that no route answers: the judge lets a browser ask for an icon, but this is a test."""
    from nemovideo_fakeserver.judge import RULES
    from nemovideo_fakeserver.judge.gathering import gather

    for ask in gather(fake.world(world).journal.facts()).asks:
        if ask.strayed:
            (rule,) = (rule for rule in RULES if rule.name == UNKNOWN)
            did = f"Asked for {ask.line}, which is no route of this API"
            yield Breach(rule=UNKNOWN, did=did, source=rule.source)
            return
