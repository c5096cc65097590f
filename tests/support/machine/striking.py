"""Which faults must strike where: the machine's own reading of what arming a fault means.

All faults that wait at a place strike there, in order of arming, but of those that decide how something
ends the first alone: one that answers or breaks before a thing prevents it, after it only its reply.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.core.journal import Fact
from support.machine.audit import hold

Words = dict[str, Any]
SIDES = ("before", "after")
DRAWS = ("fault", "fault.spared")
"""The facts that tell how a fault was drawn: it fires, or spares whoever has reached its place."""


@dataclass(slots=True)
class Armed:
    """A fault that was armed, in words, and how often it has fired."""

    id: str
    words: Words
    fired: int = 0

    @property
    def do(self) -> Words:
        """What it does."""
        do: Words = self.words["do"]
        return do

    @property
    def fails(self) -> bool:
        """Whether it makes work fail, instead of meddling with a reply."""
        return "fail" in self.do

    @property
    def decides(self) -> bool:
        """Whether it takes the place of a reply."""
        return bool(self.do.keys() & {"status", "code", "break", "fail"})

    @property
    def used_up(self) -> bool:
        """Whether it has struck as often as it may."""
        times = self.words.get("times", 1)
        return times != "always" and self.fired >= int(times)

    def waits(self, place: str, side: str, who: Words) -> bool:
        """Say whether it waits at a place for somebody."""
        if self.used_up or self.words.get("side", "before") != side:
            return False
        if not _leads(self.words["at"], place):
            return False
        if any(self.words.get(key) not in (None, who.get(key)) for key in ("account", "session")):
            return False
        pattern = self.words.get("message")
        return pattern is None or bool(re.search(pattern, who.get("message") or "", re.IGNORECASE))


def _leads(at: str, place: str) -> bool:
    if "{}" not in at:
        return at == place
    return re.fullmatch(re.escape(at).replace(r"\{\}", "[^/]+"), place) is not None


class Stopped(Exception):
    """A fault has taken the place of an act."""


@dataclass(slots=True)
class Reaching:
    """One request, or one reading of a stream, on its way past places where faults wait.

    `seen` is what the journal tells of faults, in order; `strikes` those that act on the reply.
    """

    armed: list[Armed]
    seen: deque[Fact]
    who: Words
    strikes: list[tuple[str, Armed]] = field(default_factory=list)

    def reach(self, place: str, side: str, **who: str | None) -> list[Armed]:
        """Return what strikes here but for what makes work fail."""
        return list(self._strike(place, side, who, fails=False))

    def past(self, place: str, side: str, **who: str | None) -> None:
        """Reach a place on the way of a request; raises `Stopped` where something prevents the act."""
        settled = self.decision is not None
        struck = list(self._strike(place, side, who, fails=False, decided=settled))
        self.strikes += [(side, armed) for armed in struck]
        if side == "before" and any(armed.decides for armed in struck):
            raise Stopped

    @property
    def decision(self) -> tuple[str, Armed] | None:
        """The strike that decides what the client is told, if one does."""
        return next((strike for strike in self.strikes if strike[1].decides), None)

    @contextmanager
    def moment(self, place: str, **who: str | None) -> Iterator[None]:
        """Do what is inside between both sides of a moment."""
        self.past(place, "before", **who)
        yield
        self.past(place, "after", **who)

    def failing(self, place: str, *sides: str, **who: str | None) -> str | None:
        """Return why work fails on one of the sides of a moment, if it does."""
        for side in sides:
            for armed in list(self._strike(place, side, who, fails=True)):
                return str(armed.do["fail"])
        return None

    def done(self) -> None:
        """Hold that nothing has struck that was not to."""
        hold(not self.seen, "no fault strikes where it does not wait", *self.seen)

    def _strike(
        self, place: str, side: str, who: Words, *, fails: bool, decided: bool = False
    ) -> Iterator[Armed]:
        who = {**self.who, **who}
        for armed in self.armed:
            if armed.fails != fails or (decided and armed.decides):
                continue
            if not armed.waits(place, side, who):
                continue
            fired = self._drawn(armed, place, side) == "fault"
            sure = armed.words.get("probability", 1) == 1
            hold(fired or not sure, "a fault that is sure to strike strikes", armed, place, side)
            if fired:
                armed.fired += 1
                decided = decided or armed.decides
                yield armed

    def _drawn(self, armed: Armed, place: str, side: str) -> str:
        """Return the kind of fact that tells how a fault that waits at a place was drawn."""
        fact = self.seen.popleft() if self.seen else None
        hold(
            fact is not None
            and fact.kind in DRAWS
            and (fact.what["fault"], fact.what["place"], fact.what["side"])
            == (armed.id, place, side),
            "a fault strikes where it waits, or spares who comes",
            armed,
            place,
            side,
            fact,
        )
        assert fact is not None, "it was held that there is one"
        return fact.kind
