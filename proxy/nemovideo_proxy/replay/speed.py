"""How fast recorded time goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.clock import FASTEST, SLOWEST, Clock

_TIMES = re.compile(r"(\d+(?:\.\d+)?)x")


@dataclass(frozen=True, slots=True)
class Speed:
    """Recorded seconds a real one; 0 where time jumps from one wait to the next. `instant` never waits."""

    rate: float
    instant: bool = False

    @classmethod
    def of(cls, text: str) -> Speed:
        """Read `virtual`, `recorded`, `instant`, or `10x`; ValueError for anything else."""
        named = {"virtual": cls(0), "recorded": cls(1), "instant": cls(1, instant=True)}
        if text in named:
            return named[text]
        times = _TIMES.fullmatch(text)
        if times is None or not SLOWEST <= float(times[1]) <= FASTEST:
            raise ValueError(
                f"{text!r} is no speed: give recorded, instant, or how many times as fast, as 10x"
                " (within a program also virtual: no waiting, but all in its order)"
            )
        return cls(float(times[1]))

    def clock(self) -> Clock:
        """Return a clock of this speed."""
        return Clock(rate=self.rate, autojump=not self.rate)
