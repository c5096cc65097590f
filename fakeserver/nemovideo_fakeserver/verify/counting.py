"""How many there are of what a query asks for, against how many there should be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.describing import in_words
from nemovideo_fakeserver.verify.finding import (
    Found,
    candidates,
    differences,
    matches,
    nearest,
    score,
)
from nemovideo_fakeserver.verify.malformed import QueryMalformed
from nemovideo_fakeserver.verify.outcome import Outcome, dropped_from, start_of
from nemovideo_fakeserver.verify.plain import shown
from nemovideo_fakeserver.verify.query import Asked, Query, as_query


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How often something is expected: `exactly`, or `at_least` and `at_most`; once at least if none is given."""

    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None

    def __post_init__(self) -> None:
        bounds = {name: getattr(self, name) for name in ("exactly", "at_least", "at_most")}
        for name, bound in bounds.items():
            if bound is not None and (type(bound) is not int or bound < 0):
                raise QueryMalformed(f"{name} is a number from 0 on, not {shown(bound)}.")
        if self.exactly is not None and (self.at_least, self.at_most) != (None, None):
            raise QueryMalformed("exactly says it all: leave at_least and at_most out.")

    def allow(self, seen: int) -> bool:
        """Say whether `seen` is as often as expected."""
        least, most = self._bounds()
        return least <= seen and (most is None or seen <= most)

    def want_more_than(self, seen: int) -> bool:
        """Say whether `seen` is too few."""
        return seen < self._bounds()[0]

    def __str__(self) -> str:
        least, most = self._bounds()
        if most is None:
            return f"at least {least} x"
        if least == most:
            return f"exactly {least} x" if least else "no"
        return f"{least} to {most} x" if least else f"at most {most} x"

    def _bounds(self) -> tuple[int, int | None]:
        if self.exactly is not None:
            return self.exactly, self.exactly
        if self.at_least is None and self.at_most is None:
            return 1, None
        return self.at_least or 0, self.at_most


def verify(
    facts: Iterable[Fact],
    asked: Asked,
    *,
    exactly: int | None = None,
    at_least: int | None = None,
    at_most: int | None = None,
) -> Outcome:
    """Return whether `asked` finds as many as expected among `facts`; with no number, one at least."""
    times = Times(exactly=exactly, at_least=at_least, at_most=at_most)
    query = as_query(asked)
    known = tuple(facts)
    every = candidates(known, query)
    found = tuple(each for each in every if matches(query, each))
    near = _near_miss(query, every, found) if times.want_more_than(len(found)) else None
    return Outcome(
        ok=times.allow(len(found)),
        expected=f"{times} {in_words(query)}",
        seen=len(found),
        found=found,
        nearest=near,
        score=score(query, near) if near else 0.0,
        differences=differences(query, near) if near else (),
        kind=query.kind,
        among=len(every),
        dropped=dropped_from(facts, known),
        start=start_of(known),
    )


def _near_miss(query: Query, every: Sequence[Found], found: Sequence[Found]) -> Found | None:
    """Return the nearest of those that do not fit."""
    taken = {each.number for each in found}
    return nearest(query, [each for each in every if each.number not in taken])
