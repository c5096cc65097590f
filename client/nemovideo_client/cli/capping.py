"""Enough of the same: the first lines of a kind, and how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

MOST = 10
"""Lines of one kind that are shown."""

Thing = TypeVar("Thing")


def capped(
    things: Iterable[Thing], kind: Callable[[Thing], Hashable]
) -> Iterator[tuple[Thing, int]]:
    """Give the first things of each kind, and with the last of these how many more there are (else 0).

    A kind of None is shown in full.
    """
    given = [(thing, kind(thing)) for thing in things]
    totals, shown = Counter(of for _, of in given), Counter[Hashable]()
    for thing, of in given:
        shown[of] += 1
        if of is None or shown[of] < MOST:
            yield thing, 0
        elif shown[of] == MOST:
            yield thing, totals[of] - MOST
