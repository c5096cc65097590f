"""Which segment of one timeline is which segment of a later one.

Law: the likenesses are tried in order; each pairs what agrees in it and is still alone, first with
first. A segment with an id is never paired by less than its whole content.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nemovideo_client.draft.timeline import Segment

Likeness: TypeAlias = Callable[[Segment], Hashable]
"""What two segments have in common; None where a segment cannot be told by it."""

LIKENESSES: tuple[Likeness, ...] = (
    lambda s: s.id and (s.kind, s.id),
    lambda s: (s.kind, s.role, s.name, s.text, s.source, s.start, s.duration),
    lambda s: (s.kind, s.role, s.name, s.text, s.source),
    lambda s: None if s.id or not s.source else (s.kind, s.source),
    lambda s: None if s.id else (s.kind, s.name, s.text),
    lambda s: None if s.id else (s.kind, s.role, s.start, s.duration),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Segments before and after, as `pairs`, or alone because they were `added` or `removed`."""

    pairs: tuple[tuple[Segment, Segment], ...]
    added: tuple[Segment, ...]
    removed: tuple[Segment, ...]


def match(before: Sequence[Segment], after: Sequence[Segment]) -> Matched:
    """Return who is who, each in the order of `after` (those removed: of `before`)."""
    lost, found = dict(enumerate(before)), dict(enumerate(after))
    earlier: dict[int, Segment] = {}
    for likeness in LIKENESSES:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for place, segment in lost.items():
            waiting[likeness(segment)].append(place)
        for place, segment in tuple(found.items()):
            key = likeness(segment)
            if key is not None and waiting[key]:
                earlier[place] = lost.pop(waiting[key].popleft())
                del found[place]
    return Matched(
        pairs=tuple((earlier[place], after[place]) for place in sorted(earlier)),
        added=tuple(found.values()),
        removed=tuple(lost.values()),
    )
