"""What every part of a world stands on: its time, its chance, its readings, its journal."""

from __future__ import annotations

from dataclasses import dataclass, field

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.journal import Journal
from nemovideo_fakeserver.core.variants import Variants


@dataclass(slots=True, kw_only=True)
class Setting:
    """One per world, shared by its parts."""

    clock: Clock
    chance: Chance
    variants: Variants
    journal: Journal = field(default_factory=Journal)

    def now(self) -> float:
        """Return the virtual time, in seconds since the Unix epoch."""
        return self.clock.now()

    def note(self, kind: str, **what: object) -> None:
        """Write a fact into the journal, at the present time."""
        self.journal.add(self.clock.now(), kind, **what)
