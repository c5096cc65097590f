"""Rows that are too many: the middle is left out, and said to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.timeline.numbers import counted
from nemovideo_fakeserver.timeline.row import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The rows from `first` up to, not including, `last` are left out; `says` what they held."""

    first: int
    last: int
    says: str


def gap(rows: Sequence[Row], most: int) -> Gap | None:
    """Return what to leave out so that at most `most` rows are drawn, the gap's own among them."""
    if len(rows) <= most:
        return None
    kept = max(most - 1, 0)
    first = (kept * 2 + 2) // 3
    last = len(rows) - (kept - first)
    return Gap(first=first, last=last, says=_said(rows[first:last]))


def _said(rows: Sequence[Row]) -> str:
    """Return what rows hold, the most numerous first."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.sort] += row.times
    del counts["other fact"]
    listed = ", ".join(counted(count, sort) for sort, count in counts.most_common())
    said = f"{counted(len(rows), 'row')} left out"
    return f"{said}: {listed}" if listed else said
