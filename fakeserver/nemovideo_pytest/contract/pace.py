"""How exactly the time of a service can be told from outside."""

from __future__ import annotations

from dataclasses import dataclass

ROUND_TRIP = 0.25
"""Real seconds that a request and its reply may be under way, on a busy machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`rate` is how many seconds of the service pass in a real one; 0 where time waits for the test."""

    rate: float

    @property
    def slack(self) -> float:
        """How many seconds of the service a time may be late by."""
        return 0.01 if self.rate == 0 else 2.0 + ROUND_TRIP * self.rate

    def allows(self, seconds: float) -> bool:
        """Say whether a request can be sent within so many seconds of the service."""
        return self.rate == 0 or seconds > self.slack
