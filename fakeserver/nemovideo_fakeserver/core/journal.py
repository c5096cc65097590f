"""The journal: what happened, in order, with virtual time. Facts are added, never changed.

It is bounded: the oldest facts go first, and how many went is counted. No secret enters it: tokens
are named by their id, messages by their length.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple


class Fact(NamedTuple):
    """`kind` such as `request`, `turn.accepted`, `draft`; `what` the telling details, ready for JSON."""

    number: int
    at: float
    kind: str
    what: dict[str, Any]


class Journal:
    """An append-only record of at most `keep` facts."""

    def __init__(self, keep: int = 10_000) -> None:
        self._facts: deque[Fact] = deque(maxlen=keep)
        self._count = 0

    def add(self, at: float, kind: str, **what: Any) -> None:
        """Write down one fact."""
        self._count += 1
        self._facts.append(Fact(self._count, at, kind, what))

    @property
    def dropped(self) -> int:
        """How many facts have been let go to keep within bounds."""
        return self._count - len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
