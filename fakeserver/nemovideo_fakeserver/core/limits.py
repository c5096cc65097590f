"""Rate limits over a sliding window, and the second chance that some documents count on."""

from __future__ import annotations

import math
from bisect import insort
from collections import deque

PATIENCE_SECONDS = 30.0
"""How long to wait before asking again (documented: "429: retry in 30 s once")."""


class Window:
    """At most `limit` events per key within `seconds`; None is no limit.

    Checking and counting are two acts, so that a request which a second window refuses does not use
    up the first.
    """

    def __init__(self, limit: int | None, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._seen: dict[str, deque[float]] = {}

    def wait(self, key: str, now: float) -> int:
        """Return the whole seconds until `key` may act again; 0 when it may act now."""
        if self.limit == 0:
            return math.ceil(self.seconds)
        seen = self._seen.get(key)
        if seen is None or self.limit is None:
            return 0
        while seen and seen[0] + self.seconds <= now:
            seen.popleft()
        if not seen:
            del self._seen[key]
            return 0
        return 0 if len(seen) < self.limit else math.ceil(seen[-self.limit] + self.seconds - now)

    def forget(self, key: str) -> None:
        """Let `key` be as if it had never acted."""
        self._seen.pop(key, None)

    def uncount(self, key: str, at: float) -> None:
        """Let `key` be as if it had not acted then."""
        seen = self._seen.get(key)
        if seen and at in seen:
            seen.remove(at)

    def count(self, key: str, at: float) -> None:
        """Note that `key` acted; earlier acts may be noted later."""
        if self.limit is not None:
            insort(self._seen.setdefault(key, deque()), at)


class SecondChance:
    """Lets through who was refused and asks again after `PATIENCE_SECONDS`; then the next refusal counts."""

    def __init__(self) -> None:
        self._refused: dict[str, float] = {}

    def wait(self, key: str, now: float) -> int:
        """Return the whole seconds until `key`, which would be refused now, is let through; 0 lets it."""
        left = self._refused.setdefault(key, now) + PATIENCE_SECONDS - now
        if left > 0:
            return math.ceil(left)
        del self._refused[key]
        return 0
