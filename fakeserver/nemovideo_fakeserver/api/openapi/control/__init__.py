"""The control paths, noun by noun."""

from __future__ import annotations

from nemovideo_fakeserver.api.openapi.control import (
    accounts,
    clock,
    faults,
    guide,
    journal,
    queries,
    scenarios,
    snapshots,
)
from nemovideo_fakeserver.api.openapi.operation import Noun

NOUNS: tuple[Noun, ...] = (guide, clock, scenarios, accounts, faults, journal, queries, snapshots)
