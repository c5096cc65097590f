"""Rate limits over a sliding window."""

from __future__ import annotations

import math
from collections import deque


class Window:
    """At most `limit` events per key within `seconds`.

    Checking and counting are two acts, so that a request which a second window refuses does not use
    up the first.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._seen: dict[str, deque[float]] = {}

    def wait(self, key: str, now: float) -> int:
        """Return the whole seconds until `key` may act again; 0 when it may act now."""
        seen = self._seen.get(key)
        if seen is None:
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

    def count(self, key: str, now: float) -> None:
        """Note that `key` acted."""
        self._seen.setdefault(key, deque()).append(now)
