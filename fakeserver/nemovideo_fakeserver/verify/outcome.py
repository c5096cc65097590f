"""What became of a question, as a value: for a reply over HTTP, for an assertion, for a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.core.journal import Fact, Journal
from nemovideo_fakeserver.verify.comparing import Point
from nemovideo_fakeserver.verify.exchanges import Exchange, fact_as_json
from nemovideo_fakeserver.verify.finding import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a sequence: what was `expected`, and what was found, None where it was not reached."""

    expected: str
    found: Found | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Whether what was `expected` is so, how many were `seen`, and what came `nearest`.

    `differences` are those of the nearest, whose nearness is `score` (0 to 1). `among` is how many of
    that `kind` the journal holds, `dropped` how many facts it has let go, `start` the virtual time of
    its first fact. A sequence has its `steps`; `instead` is what came in place of the missing one, and
    `early` one that would have done, had it not come before its turn.
    """

    ok: bool
    expected: str
    seen: int
    found: tuple[Found, ...] = ()
    nearest: Found | None = None
    score: float = 0.0
    differences: tuple[Point, ...] = ()
    kind: str = "request"
    among: int = 0
    dropped: int = 0
    start: float = 0.0
    steps: tuple[Step, ...] = ()
    instead: Found | None = None
    early: Found | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, the explanation in words left out."""
        return {
            "ok": self.ok,
            "expected": self.expected,
            "seen": self.seen,
            "found": [each.number for each in self.found],
            "nearest": as_json(self.nearest),
            "score": round(self.score, 3),
            "differences": [point.as_json() for point in self.differences],
            "steps": [
                {"expected": step.expected, "found": step.found and step.found.number}
                for step in self.steps
            ],
            "instead": as_json(self.instead),
            "early": as_json(self.early),
            "dropped": self.dropped,
        }


def as_json(found: Found | None) -> dict[str, Any] | None:
    """Return what was found as plain data."""
    if found is None:
        return None
    return found.as_json() if isinstance(found, Exchange) else fact_as_json(found)


def dropped_from(facts: Iterable[Fact], known: Sequence[Fact]) -> int:
    """Return how many facts a journal has let go: it says so, or the first number of those `known` does."""
    if isinstance(facts, Journal):
        return facts.dropped
    return max(0, known[0].number - 1) if known else 0


def start_of(facts: Sequence[Fact]) -> float:
    """Return the earliest virtual time among `facts`, 0 where there are none."""
    return min((fact.at for fact in facts), default=0.0)
