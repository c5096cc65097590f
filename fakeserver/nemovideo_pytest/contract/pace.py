"""How exactly the time of a service can be told from outside."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Self

from nemovideo_pytest.service import Service

ROUND_TRIP = 0.25
"""Real seconds that a request and its reply may be under way, on a busy machine."""

LOOK = 0.05
"""Real seconds for which a clock is watched to see how fast it goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`rate` is how many seconds of the service pass in a real one; 0 where time waits for the test."""

    rate: float

    @classmethod
    def of(cls, service: Service) -> Self:
        """Return the pace of a service: a fake says it, the clock of any other is watched."""
        fake = service.fake
        if fake is not None:
            return cls(rate=fake.world(service.world).setting.clock.rate)
        real, there = time.monotonic(), service.now()
        time.sleep(LOOK)
        return cls(rate=(service.now() - there) / (time.monotonic() - real))

    @property
    def slack(self) -> float:
        """How many seconds of the service a time may be late by."""
        return 0.01 if self.rate == 0 else 2.0 + ROUND_TRIP * self.rate

    def allows(self, seconds: float) -> bool:
        """Say whether a request can be sent within so many seconds of the service."""
        return self.rate == 0 or seconds > self.slack
