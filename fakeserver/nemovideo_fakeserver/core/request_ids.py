"""Ids for requests: each caller's follow from the seed and from how many there were before.

No caller's ids depend on what other callers do. An id is one addition, for every reply has one: only
where a caller's ids begin is drawn. A world that is taken up again begins them elsewhere, so that none
comes twice.
"""

from __future__ import annotations

from nemovideo_fakeserver.core.chance import Chance

STEP = 0x9E37_79B9_7F4A_7C15
"""Odd, and near 2**64 over the golden ratio: its multiples modulo 2**64 are far apart and do not repeat."""


class RequestIds:
    """The request ids of one world; `runs` counts how often it has given ids from the beginning on."""

    def __init__(self, chance: Chance, runs: int = 0) -> None:
        self._chance = chance
        self._last: dict[str, int] = {}
        self.runs = runs

    def next(self, caller: str) -> str:
        """Return the id of the next request of `caller`: `req_` and 16 hex digits."""
        last = self._last.get(caller)
        if last is None:
            last = self._first(caller)
        self._last[caller] = number = (last + STEP) % 2**64
        return f"req_{number:016x}"

    def _first(self, caller: str) -> int:
        if not self._last:
            self.runs += 1
        if self.runs > 1:
            return self._chance.number("request", caller, self.runs)
        return self._chance.number("request", caller)
