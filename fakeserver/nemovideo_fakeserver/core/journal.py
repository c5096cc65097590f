"""The journal: what happened, in order, with virtual time. Facts are added, never changed.

It is bounded: the oldest facts go first, and how many went is counted. No secret enters it: tokens are
named by their id, and `api.seen` says how a request reads without them. `docs/journal.md` lists the kinds.

What falls due between two acts is written when the next act notices it: numbers follow the order of
writing, `at` says when it happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

What: TypeAlias = Mapping[str, Any]
Telling: TypeAlias = What | Callable[[], What]
Listener: TypeAlias = Callable[["Fact"], None]

KEPT = 10_000
"""Facts a journal keeps unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened: its number from 1, the virtual time `at`, its kind, and what there is to tell.

    `what` is ready for JSON.
    """

    number: int
    at: float
    kind: str
    what: What

    def as_dict(self) -> dict[str, Any]:
        """Return the fact as JSON has it."""
        return {"number": self.number, "at": self.at, "kind": self.kind, "what": dict(self.what)}


class Journal:
    """An append-only record of at most `keep` facts. Its world's lock is around every use.

    A fact is put into words when somebody reads it: most requests are never looked at again.
    """

    def __init__(self, keep: int = KEPT) -> None:
        self._rows: deque[tuple[int, float, str, Telling]] = deque(maxlen=keep)
        self._count = 0
        self._listeners: list[Listener] = []

    def add(self, at: float, kind: str, /, **what: Any) -> int:
        """Write down one fact, and return its number."""
        return self.write(at, kind, what)

    def write(self, at: float, kind: str, what: Telling) -> int:
        """Write down one fact whose details may be a function, and return its number.

        The function must return the same each time.
        """
        self._count = number = self._count + 1
        row = (number, at, kind, what)
        self._rows.append(row)
        if self._listeners:
            fact = _fact(row)
            for listener in self._listeners:
                listener(fact)
        return number

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every fact from now on, in the act that writes it."""
        self._listeners.append(listener)

    @property
    def dropped(self) -> int:
        """How many facts have been let go to keep within bounds."""
        return self._count - len(self._rows)

    def facts(self) -> tuple[Fact, ...]:
        """Return what is kept, in order of writing."""
        return tuple(map(_fact, tuple(self._rows)))

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts())

    def __len__(self) -> int:
        return len(self._rows)


def _fact(row: tuple[int, float, str, Telling]) -> Fact:
    number, at, kind, what = row
    return Fact(number, at, kind, what() if callable(what) else what)
