"""Which moves are worth a word: a clip that is cut pushes all the others, and that is one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from nemovideo_client.draft.timeline import Segment

Pair: TypeAlias = tuple[Segment, Segment]
"""A segment as it was and as it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is left of a track, in its former order."""

    pairs: tuple[Pair, ...]

    @property
    def reordered(self) -> bool:
        """Say whether clips play in another order. Audio and texts may overlap: they only move."""
        starts = [after.start for _, after in self.pairs]
        return self.pairs[0][0].kind == "video" and starts != sorted(starts)

    @property
    def order(self) -> tuple[Segment, ...]:
        """The segments in the order in which they play now."""
        return tuple(sorted((after for _, after in self.pairs), key=lambda s: s.start))

    def moves(self) -> Iterator[tuple[Pair, bool]]:
        """Yield the pairs, and of each whether it moved of its own."""
        free = not self.reordered
        yield self.pairs[0], free
        for one, other in pairwise(self.pairs):
            yield other, free and not _still_joined(one, other)


def rows(pairs: Sequence[Pair]) -> list[Row]:
    """Return pairs by the track they were on."""
    found: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: pair[0].start):
        found[pair[0].track].append(pair)
    return [Row(tuple(found[track])) for track in sorted(found)]


def _still_joined(one: Pair, other: Pair) -> bool:
    """Say whether the other follows the one without a gap, as it did before."""
    return all(second.start == first.end for first, second in zip(one, other, strict=True))
