"""Long runs made short.

Law: a run is a stretch of rows that all fold; in it, rows with the same fold become one, where the first
of them stands. Nothing else moves.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from nemovideo_fakeserver.timeline.row import Row


def folded(rows: Iterable[Row]) -> list[Row]:
    """Return rows with the runs folded."""
    done: list[list[Row]] = []
    places: dict[Hashable, list[Row]] = {}
    for row in rows:
        if row.fold is None:
            places.clear()
        if row.fold is not None and row.fold in places:
            places[row.fold].append(row)
            continue
        done.append([row])
        places[row.fold] = done[-1]
    return [_one(alike) for alike in done]


def runs(parts: Iterable[str]) -> list[tuple[str, int]]:
    """Return parts with how often each came in a row; of `processing 5%`, the first word tells."""
    found: list[tuple[str, int]] = []
    for part in parts:
        if found and found[-1][0].partition(" ")[0] == part.partition(" ")[0]:
            found[-1] = (part, found[-1][1] + 1)
        else:
            found.append((part, 1))
    return found


def _one(alike: Sequence[Row]) -> Row:
    """Return rows that are the same as one."""
    first, last = alike[0], alike[-1]
    if first is last:
        return first
    parts = tuple(part for row in alike for part in row.parts)
    return replace(first, parts=parts, times=len(alike), lasts=last.at - first.at)
