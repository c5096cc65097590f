"""What can be asked of segments of any kind: new ones, other settings, other times, none.

`kind` is `picture`, `music`, `title` or `subtitle`. `which` numbers the segments of that kind in order of
time before the edit, from 0; none stands for all of them. Times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo_pytest.strategies.drafting import Draft
from nemovideo_pytest.strategies.editing import timeline
from nemovideo_pytest.strategies.editing.effect import Effect
from nemovideo_pytest.strategies.editing.timeline import NEAR_MS, Kind, Segment, about, segments


def chosen(draft: Draft, kind: Kind, which: tuple[int, ...]) -> list[Segment]:
    """Return the segments of a kind that are meant."""
    found = segments(draft, kind)
    return [found[n] for n in which] if which else found


def with_id(draft: Draft, kind: Kind, id_: Any) -> Segment | None:
    """Return the segment of a kind with this id."""
    return next((s for s in segments(draft, kind) if s.get("id") == id_), None)


def new(before: Draft, after: Draft, kind: Kind) -> list[Segment]:
    """Return the segments of a kind that are no change of an old one."""
    old = {s.get("id") for s in segments(before, kind)}
    return [s for s in segments(after, kind) if s.get("id") not in old]


def differs(segment: Segment, m: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each setting that a segment does not have."""
    for key, value in m.items():
        found = about(segment).get(key)
        if found != value:
            yield f"{key} was to be {value!r} and is {found!r}"


@dataclass(frozen=True, kw_only=True)
class Added(Effect):
    """There is a new segment with the settings `m`; `start` and `lasts` say when, unless left open."""

    kind: Kind
    m: Mapping[str, Any] = field(default_factory=dict)
    start: int | None = None
    lasts: int | None = None

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield how the new segment that comes nearest differs."""
        found = new(before, after, self.kind)
        if not found:
            yield f"there is no new {self.kind}"
            return
        yield from min((list(self._differs(s)) for s in found), key=len)

    def _differs(self, segment: Segment) -> Iterator[str]:
        yield from differs(segment, self.m)
        times = (("start", timeline.start(segment)), ("d", int(segment.get("d", 0))))
        for (name, found), wanted in zip(times, (self.start, self.lasts), strict=True):
            if wanted is not None and abs(found - wanted) > NEAR_MS:
                yield f"{name} of the new {self.kind} was to be {wanted} ms and is {found}"


@dataclass(frozen=True, kw_only=True)
class Changed(Effect):
    """The segments that are meant are still there, and have the settings `m`."""

    kind: Kind
    m: Mapping[str, Any]
    which: tuple[int, ...] = ()

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield what is missing or otherwise."""
        for old in chosen(before, self.kind, self.which):
            now = with_id(after, self.kind, old.get("id"))
            if now is None:
                yield f"{self.kind} {old.get('id')} was to change and is gone"
            else:
                yield from differs(now, self.m)


@dataclass(frozen=True, kw_only=True)
class Shifted(Effect):
    """The setting `key` of the segments that are meant has grown (`by` 1) or shrunk (-1).

    `unless` is what counts as 0: the value of a segment that has no such setting.
    """

    kind: Kind
    key: str
    by: int
    unless: float = 0
    which: tuple[int, ...] = ()

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield what has not moved that way."""
        for old in chosen(before, self.kind, self.which):
            now = with_id(after, self.kind, old.get("id"))
            was = float(about(old).get(self.key, self.unless))
            is_ = None if now is None else float(about(now).get(self.key, self.unless))
            if is_ is None or (is_ - was) * self.by <= 0:
                way = "grow" if self.by > 0 else "shrink"
                yield f"{self.key} was to {way} from {was:g} and is {is_}"


@dataclass(frozen=True, kw_only=True)
class Removed(Effect):
    """The segments that are meant are gone, and the others of the kind are still there."""

    kind: Kind
    which: tuple[int, ...] = ()

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield what is still there, and what should be."""
        gone = {s.get("id") for s in chosen(before, self.kind, self.which)}
        left = {s.get("id") for s in segments(after, self.kind)}
        for segment in segments(before, self.kind):
            id_ = segment.get("id")
            if (id_ in gone) is (id_ in left):
                yield f"{self.kind} {id_} {'is still there' if id_ in left else 'is gone, too'}"


@dataclass(frozen=True, kw_only=True)
class Placed(Effect):
    """One segment that was there plays at other times; `start` or `lasts` may be left open."""

    kind: Kind
    which: tuple[int, ...]
    start: int | None = None
    lasts: int | None = None

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield which time is another."""
        for old in chosen(before, self.kind, self.which):
            now = with_id(after, self.kind, old.get("id"))
            if now is None:
                yield f"{self.kind} {old.get('id')} was to move and is gone"
                continue
            if self.start is not None and timeline.start(now) != self.start:
                yield f"{self.kind} was to begin at {self.start} ms and does at {now.get('s')}"
            if self.lasts is not None and now.get("d") != self.lasts:
                yield f"{self.kind} was to last {self.lasts} ms and lasts {now.get('d')}"


@dataclass(frozen=True, kw_only=True)
class Renewed(Effect):
    """What plays now comes from another source, at the same time as before."""

    kind: Kind

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield a sentence if the old source still plays, or at another time."""
        old, now = segments(before, self.kind), segments(after, self.kind)
        if {s.get("src") for s in old} & {s.get("src") for s in now}:
            yield f"the {self.kind} was to be another, and an old source still plays"
        if [(s.get("s"), s.get("d")) for s in old] != [(s.get("s"), s.get("d")) for s in now]:
            yield f"the {self.kind} was to keep its time"


@dataclass(frozen=True, kw_only=True)
class Kept(Effect):
    """All segments of these kinds are as they were."""

    kinds: tuple[Kind, ...]

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield which kinds are not as they were."""
        for kind in self.kinds:
            if segments(before, kind) != segments(after, kind):
                yield f"every {kind} was to stay as it was"
