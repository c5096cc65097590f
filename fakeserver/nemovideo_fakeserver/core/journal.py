"""The journal: what happened, in order, with virtual time. Facts are added, never changed.

It is bounded: the oldest facts go first, and how many went is counted. No secret enters it: tokens are
named by their id, and `api.seen` says how a request reads without them. `docs/journal.md` lists the kinds.

What falls due between two acts is written when the next act notices it: numbers follow the order of
writing, `at` says when it happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

What: TypeAlias = Mapping[str, Any]
Listener: TypeAlias = Callable[["Fact"], None]

KEPT = 10_000
"""Facts a journal keeps unless told otherwise."""


class Fact:
    """One thing that happened: its number from 1, the virtual time `at`, its kind, and what there is to tell.

    `what` is ready for JSON. It may be given as a function, which is then called once, when somebody
    first reads it: most requests are never looked at again.
    """

    __slots__ = ("_what", "at", "kind", "number")

    def __init__(self, number: int, at: float, kind: str, what: What | Callable[[], What]) -> None:
        self.number = number
        self.at = at
        self.kind = kind
        self._what = what

    @property
    def what(self) -> What:
        """The telling details."""
        if callable(self._what):
            self._what = self._what()
        return self._what

    def as_dict(self) -> dict[str, Any]:
        """Return the fact as JSON has it."""
        return {"number": self.number, "at": self.at, "kind": self.kind, "what": dict(self.what)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fact) and self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((self.number, self.at, self.kind))

    def __repr__(self) -> str:
        return f"Fact({self.number}, {self.at!r}, {self.kind!r}, {dict(self.what)!r})"


class Journal:
    """An append-only record of at most `keep` facts. Its world's lock is around every use."""

    def __init__(self, keep: int = KEPT) -> None:
        self._facts: deque[Fact] = deque(maxlen=keep)
        self._count = 0
        self._listeners: list[Listener] = []

    def add(self, at: float, kind: str, /, **what: Any) -> Fact:
        """Write down one fact."""
        return self.write(at, kind, what)

    def write(self, at: float, kind: str, what: What | Callable[[], What]) -> Fact:
        """Write down one fact whose details may be a function."""
        self._count += 1
        fact = Fact(self._count, at, kind, what)
        self._facts.append(fact)
        for listener in self._listeners:
            listener(fact)
        return fact

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every fact from now on, in the act that writes it."""
        self._listeners.append(listener)

    @property
    def dropped(self) -> int:
        """How many facts have been let go to keep within bounds."""
        return self._count - len(self._facts)

    def facts(self) -> tuple[Fact, ...]:
        """Return what is kept, in order of writing."""
        return tuple(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(tuple(self._facts))

    def __len__(self) -> int:
        return len(self._facts)
