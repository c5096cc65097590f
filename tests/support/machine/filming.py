"""How renders should stand: a function of time or of looks, until they are cancelled."""

from __future__ import annotations

from dataclasses import dataclass

PENDING = 2.0
INVALID = 5.0
RANK = {"pending": 0, "processing": 1, "completed": 2, "failed": 2, "cancelled": 2}
"""A status never gives way to a lower one, nor to another of the same rank."""


@dataclass(slots=True)
class Render:
    """A film that was ordered. With `polls` (processing, over) looks decide; `made` says that its file is there."""

    id: str
    account: str
    session: str
    submitted_at: float
    ends_at: float | None
    ready: bool
    fails: bool
    polls: tuple[int, int] | None = None
    made: bool = True
    looks: int = 0
    cancelled_at: float | None = None
    seen: bool = False

    def over(self, now: float) -> bool:
        """Say whether it is no longer being made."""
        if self.polls is not None:
            return self.looks >= self.polls[1]
        return self.ends_at is not None and now >= self.ends_at

    def status(self, now: float) -> str:
        """Return how it stands."""
        if self.cancelled_at is not None:
            return "cancelled"
        if not self.over(now):
            begun = (
                self.looks >= self.polls[0] if self.polls else now - self.submitted_at >= PENDING
            )
            return "processing" if begun else "pending"
        if self.fails or not self.ready:
            return "failed"
        return "completed" if self.made else "processing"

    def waits(self, now: float) -> bool:
        """Say whether a look waits for the file."""
        return (
            self.cancelled_at is None
            and self.over(now)
            and self.ready
            and not self.fails
            and not self.made
        )

    def look(self) -> None:
        """Count a poll, where polls decide."""
        if self.polls is not None and self.cancelled_at is None and not self.over(0):
            self.looks += 1

    def cancel(self, now: float) -> None:
        """Stop it, unless it is over."""
        if self.cancelled_at is None and not self.over(now):
            self.cancelled_at = now
