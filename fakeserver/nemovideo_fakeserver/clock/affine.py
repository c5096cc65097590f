"""Virtual time is a straight line over real time: one point on it and its slope, up to the end of time.

This is the only place where one of the two becomes the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

SLOWEST, FASTEST = 0.001, 1_000_000_000.0
"""Beyond these, waits are too long or too short for a timer to keep."""

LATEST = datetime(9000, 1, 1, tzinfo=UTC).timestamp()
"""Where time ends, in seconds since the epoch: no reply can write a date beyond year 9999."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affine:
    """The line through (`real`, `virtual`), both seconds, that rises `rate` virtual seconds a real one."""

    real: float
    virtual: float
    rate: float

    def __post_init__(self) -> None:
        if self.rate and not SLOWEST <= self.rate <= FASTEST:
            raise ValueError(
                f"a clock cannot run at rate {self.rate!r}: give a number of virtual seconds per"
                f" real second from {SLOWEST:g} to {FASTEST:g}, or 0 to stop it"
            )
        if not 0 <= self.virtual <= LATEST:
            raise ValueError(
                f"{self.virtual!r} is no point in time: give seconds since the epoch, from 0 to"
                f" {LATEST:.0f} (the year 9000), where time ends"
            )

    def now(self, real: float) -> float:
        """Return the virtual time at the real instant `real`."""
        if not self.rate:
            return self.virtual
        return min(self.virtual + (real - self.real) * self.rate, LATEST)

    def delay(self, deadline: float, real: float) -> float | None:
        """Return the real seconds from `real` until `deadline`; 0 if it is past, None for never."""
        left = deadline - self.now(real)
        if left <= 0:
            return 0.0
        return left / self.rate if self.rate and deadline <= LATEST else None

    def moved(self, to: float, real: float) -> Affine:
        """Return the line that shows `to` at `real`; ValueError if that is past or beyond time."""
        if to < self.now(real):
            raise ValueError(
                f"time does not go backwards: it is {self.now(real)!r} and {to!r} lies before that;"
                " make a new clock to begin again"
            )
        return Affine(real=real, virtual=to, rate=self.rate)

    def at_rate(self, rate: float, real: float) -> Affine:
        """Return the line that goes on from `real` with another slope."""
        return Affine(real=real, virtual=self.now(real), rate=rate)
