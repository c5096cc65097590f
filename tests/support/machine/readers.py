"""Those who read streams in one world: they take what is due as soon as time has moved, or go away."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from math import inf

from nemovideo_fakeserver.core.journal import Fact
from support.machine.audit import Audit, hold
from support.machine.model import World
from support.machine.reading import Course, View
from support.machine.striking import Reaching


def course(world: World, turn: str, met: Reaching) -> Course:
    """Return how a stream should go, whose request has met so much already."""
    readings = world.variants
    made = Course(
        turn=next(each for each in world.turns if each.id == turn),
        reaching=Reaching(world.armed, deque(), {}),
        dialect=readings.sse_dialect,
        longest=inf if readings.sse_max is None else readings.sse_max,
    )
    made.meddled(met.strikes)
    return made


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Somebody who reads: the stream, how it should go, and the journal that tells of it."""

    view: View
    course: Course
    audit: Audit


@dataclass(eq=False)
class Readers:
    """The readers of a world, in order of their coming."""

    open: list[Reader] = field(default_factory=list)

    def read_on(self, now: float) -> None:
        """Let each take what has fallen due."""
        for reader in sorted(self.open, key=lambda each: each.view.due):
            reader.view.read(now)
            self._explain(reader, partial(reader.course.follow, now))

    def leave(self, number: int) -> int | None:
        """Let one go away; return the number of the request at the door, None where nobody reads."""
        if not self.open:
            return None
        reader = self.open[number % len(self.open)]
        reader.view.leave()
        self._explain(reader, reader.course.left)
        return reader.view.sent

    def _explain(self, reader: Reader, explain: Callable[[list[Fact]], None]) -> None:
        facts = reader.audit.read()
        alone = all(fact.what.get("request") == reader.view.request for fact in facts)
        hold(alone, "reading a stream tells of that stream alone", facts)
        explain(facts)
        if reader.view.over:
            reader.audit.over(reader.view.request)
            self.open.remove(reader)
