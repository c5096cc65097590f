"""What every part of a world stands on: its time, its chance, its readings, its journal.

An act happens at one instant: the clock is read when the act begins (`begin`), and never again until
the next one, so that nothing falls due in the middle of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.journal import Journal
from nemovideo_fakeserver.core.variants import Variants


@dataclass(slots=True, kw_only=True)
class Setting:
    """One per world, shared by its parts. `now` is the instant of the act, in seconds since the epoch."""

    clock: Clock
    chance: Chance
    variants: Variants
    journal: Journal = field(default_factory=Journal)
    now: float = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.clock.now()

    def begin(self) -> None:
        """Begin an act: take the virtual time for all of it."""
        self.now = self.clock.now()

    def note(self, kind: str, **what: Any) -> None:
        """Write a fact into the journal, at the instant of the act."""
        self.journal.add(self.now, kind, **what)
