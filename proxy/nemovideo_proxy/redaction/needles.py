"""Many short byte strings, and which of them are in some bytes; the time does not grow with their number.

Few are looked for one by one, which is as fast as bytes can be searched. Of many, only those whose first six
bytes are there at all.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator

GRAM = 6
"""How long a needle is at least."""

_FEW = 600


class Needles:
    """A growing set of needles."""

    def __init__(self) -> None:
        self._all: dict[bytes, None] = {}
        self._by_gram: dict[bytes, list[bytes]] = {}
        self._sorted: list[bytes] = []
        self._longest = 0

    def add(self, needle: bytes) -> None:
        """Add one, of at least six bytes."""
        if needle not in self._all:
            self._all[needle] = None
            self._by_gram.setdefault(needle[:GRAM], []).append(needle)
            insort(self._sorted, needle)
            self._longest = max(self._longest, len(needle))

    def within(self, data: bytes) -> Iterator[bytes]:
        """Yield the needles that are in `data`, in the order in which they were added if they are few."""
        if len(self._all) <= _FEW:
            yield from (needle for needle in self._all if needle in data)
            return
        grams = {data[at : at + GRAM] for at in range(len(data) - GRAM + 1)}
        for gram in grams & self._by_gram.keys():
            yield from (needle for needle in self._by_gram[gram] if needle in data)

    def going_on(self, tail: bytes) -> bytes | None:
        """Return a needle that begins with `tail` and goes on, or None."""
        at = bisect_right(self._sorted, tail)
        if at < len(self._sorted) and self._sorted[at].startswith(tail):
            return self._sorted[at]
        return None

    def begun(self, data: bytes, least: int = 1) -> int:
        """Return how many bytes at the end of `data` a needle begins with and goes on; 0 for none."""
        for length in range(min(self._longest - 1, len(data)), least - 1, -1):
            tail = data[len(data) - length :]
            if (length < GRAM or tail[:GRAM] in self._by_gram) and self.going_on(tail):
                return length
        return 0
