"""A stream that somebody reads, and what the journal should tell of it.

The reader takes whatever is due as soon as time has moved. A `Course` goes through the turn alongside, in
the machine's own reading, and holds every frame, fault and end to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from math import inf

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.wire.steps import Cut, Step, Until
from support.machine.audit import hold, same
from support.machine.striking import Armed, Reaching
from support.machine.working import Passing, Turn

_FRAMES = {
    "typed": {"text": 1, "tool_call": 1, "tool_result": 1, "error": 1, "heartbeat": 1},
    "adk": {"text": 3, "tool_call": 1, "tool_result": 1, "error": 1, "heartbeat": 1},
    "flat": {"text": 1, "error": 1, "heartbeat": 1},
}
"""How many frames of a stream tell something, by dialect."""


@dataclass(eq=False)
class View:
    """An open stream that answers the request of that number; nothing of it comes before `since`.

    `sent` is the number of the same request at the door.
    """

    request: int
    sent: int
    steps: Iterator[Step]
    since: float
    due: float = 0.0
    over: bool = False

    def read(self, now: float) -> None:
        """Take whatever is due."""
        if now < max(self.due, self.since):
            return
        for step in self.steps:
            if isinstance(step, Until) and step.deadline > now:
                self.due = step.deadline
                return
            if isinstance(step, Cut):
                break
        self.leave()

    def leave(self) -> None:
        """Read no more."""
        self.over = True
        close = getattr(self.steps, "close", None)
        if close is not None:
            close()


@dataclass(eq=False)
class Course:
    """How far a stream of `turn` has come, for a reader who hears it in a dialect and at most `longest` seconds.

    Once it drips nobody says when what comes: it is only listened to.
    """

    turn: Turn
    reaching: Reaching
    dialect: str
    longest: float
    how: str | None = None
    _cut: str | None = None
    _loose: bool = False
    _leaving: bool = False
    _now: float = 0.0
    _wait: float = 0.0
    _lag: float = 0.0
    _told: int = 0
    _on: Generator[float, None, None] = field(init=False)

    def __post_init__(self) -> None:
        self._on = self._course()

    def done(self) -> bool:
        """Say whether nothing more is to come."""
        return self.how is not None

    @property
    def facts(self) -> deque[Fact]:
        """What the journal tells and nothing here has explained yet."""
        return self.reaching.seen

    def meddled(self, strikes: list[tuple[str, Armed]]) -> None:
        """Take in what has struck the whole reply: a break ends it, a delay holds all of it back."""
        for _, armed in strikes:
            self._cut = self._cut or armed.do.get("break")
            self._lag += armed.do.get("delay", 0)
            self._loose = self._loose or "drip" in armed.do

    def follow(self, now: float, facts: list[Fact]) -> None:
        """Go on to `now`, and explain what the journal has told meanwhile."""
        self.facts.extend(facts)
        self._now = now
        while not self.done() and not self._loose and self._wait <= now:
            self._wait = next(self._on, inf)
        self._end()

    def left(self, facts: list[Fact]) -> None:
        """Explain what the journal tells of a reader who goes away."""
        self.facts.extend(facts)
        self._end()

    def accompany(self, facts: list[Fact]) -> None:
        """Go on with a reader for whom time has moved, for as long as the journal tells of it."""
        self.facts.extend(facts)
        self._leaving = True
        while not self.done() and not self._loose and not self._has_left():
            self._now = max(self._now, self._wait)
            self._wait = next(self._on, inf)
        self._end()

    def _listen(self) -> None:
        """Take everything as it is told: the drops of the whole reply have a time of their own."""
        for fact in self.facts:
            if fact.kind == "fault":
                armed = next(a for a in self.reaching.armed if a.id == fact.what["fault"])
                armed.fired += 1
            elif fact.kind == "stream.ended":
                self.how = fact.what["how"]
        self.facts.clear()

    def _has_left(self) -> bool:
        """Say whether nothing more is told than that the reader has gone away."""
        if not self._leaving:
            return False
        return not self.facts or self.facts[0].what.get("how") == "left"

    def _end(self) -> None:
        if self._loose:
            self._listen()
        ended = [fact for fact in self.facts if fact.kind == "stream.ended"]
        if ended:
            same(ended[0].what["how"], self.how or "left", "a stream ends as it should")
            self.facts.remove(ended[0])
        hold(not self.facts, "a stream tells its turn, and nothing else", *self.facts)

    def _course(self) -> Generator[float, None, None]:
        self.how = self._cut
        if self.done():
            return
        for passing in self.turn.passage:
            yield from self._until(passing.at + self._lag)
            yield from self._pass(passing)
            if self.done():
                return
        self.how = "end"

    def _until(self, at: float) -> Generator[float, None, None]:
        """Wait, but no longer than the service streams."""
        ends_at = self.turn.accepted_at + self.longest
        if not self.done():
            yield min(at, ends_at)
            self.how = "capped" if at > ends_at else None

    def _pass(self, passing: Passing) -> Generator[float, None, None]:
        yield from self._struck(passing, "before")
        if not self.done() and passing.name == "cut":
            self.how = passing.what["cut"]
        if self.done():
            return
        for _ in range(_FRAMES[self.dialect].get(passing.name, 0)):
            if self._has_left():
                return
            self._frame(passing)
        if not self._has_left():
            yield from self._struck(passing, "after")

    def _struck(self, passing: Passing, side: str) -> Generator[float, None, None]:
        for place in passing.places if not self.done() and not self._loose else ():
            struck = self.reaching.reach(place, side, **self.turn.who)
            waits = sum(armed.do.get("delay", 0) for armed in struck)
            if waits:
                self._lag += waits
                yield from self._until(self._now + waits)
            self._loose = self._loose or any("drip" in armed.do for armed in struck)
            breaks = [armed.do["break"] for armed in struck if "break" in armed.do]
            if breaks and not self.done():
                self.how = breaks[0]
            if self.done():
                return

    def _frame(self, passing: Passing) -> None:
        if self._loose:
            return
        self._told += 1
        hold(
            self.facts and self.facts[0].kind == "frame",
            "what happens is told",
            passing,
            *self.facts,
        )
        what = self.facts.popleft().what
        told = (what["event"], what["number"], what["turn"])
        same(told, (passing.name, self._told, self.turn.id), "a frame tells what happens")
