"""All mutants, a module to each noun they are about."""

from __future__ import annotations

from types import ModuleType

from mutants.chapters import (
    agents,
    assets,
    balances,
    boundaries,
    claims,
    downloads,
    drafts,
    envelope,
    events,
    exports,
    films,
    heartbeats,
    isolation,
    limits,
    managed,
    media,
    messages,
    polls,
    prices,
    readings,
    renders,
    scopes,
    sessions,
    shapes,
    states,
    streams,
    tokens,
    uploads,
)
from mutants.mutant import Mutant

CHAPTERS: tuple[ModuleType, ...] = (
    tokens,
    limits,
    managed,
    claims,
    envelope,
    sessions,
    states,
    drafts,
    heartbeats,
    events,
    streams,
    messages,
    balances,
    prices,
    uploads,
    assets,
    polls,
    renders,
    exports,
    downloads,
    readings,
    boundaries,
    scopes,
    isolation,
    shapes,
    films,
    media,
    agents,
)

MUTANTS: tuple[Mutant, ...] = tuple(
    value for chapter in CHAPTERS for value in vars(chapter).values() if isinstance(value, Mutant)
)
"""In the order in which they are written down."""


def named(name: str) -> Mutant:
    """Return the mutant of this name; raises LookupError."""
    for mutant in MUTANTS:
        if mutant.name == name:
            return mutant
    raise LookupError(f"there is no mutant {name!r}")
