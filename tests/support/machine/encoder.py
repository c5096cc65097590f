"""The encoder, who may take his time, and those whose replies wait for him meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nemovideo_fakeserver.wire.messages import Pending, Reply
from nemovideo_pytest.darkroom import Darkroom
from support.machine import renders
from support.machine.acting import Act, Told
from support.machine.audit import Audit
from support.machine.filming import Render
from support.machine.model import World
from support.machine.place import Place, strikes
from support.machine.routes import answered, told_of
from support.machine.striking import DRAWS, Reaching

Check = Callable[[Place, int, Act, Told | None, Reply], None]
"""Holds a reply to what its client should be told."""


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A request, by its number in a journal, whose reply waits for the file of a render."""

    place: Place
    model: World
    audit: Audit
    number: int
    act: Act
    render: Render
    pending: Pending


@dataclass(eq=False)
class Encoder:
    """The darkroom of a fake, and who waits for it."""

    studio: Darkroom
    waiting: list[Waiting] = field(default_factory=list)

    def wait(self, place: Place, number: int, act: Act, render: Render, pending: Pending) -> None:
        """Let somebody wait."""
        self.waiting.append(Waiting(place, place.model, place.audit, number, act, render, pending))

    def slow_down(self, places: Iterable[Place]) -> None:
        """Take time from now on."""
        self.studio.slow = True
        for place in places:
            place.model.slow = True

    def develop(self, places: Iterable[Place], check: Check) -> None:
        """Be done with everything, and let those who wait have their replies."""
        self.studio.slow = False
        for job, order in zip(self.studio.jobs, self.studio.orders, strict=True):
            if not job.done():
                job.set_result(self.studio.film(order.draft))
        for place in places:
            place.model.slow = False
            for render in place.model.renders.values():
                render.made = True
        waiting, self.waiting = self.waiting, []
        for waits in waiting:
            self._resume(waits, check)

    def _resume(self, waits: Waiting, check: Check) -> None:
        place, model, act, render = waits.place, waits.model, waits.act, waits.render
        act.now = place.now
        reply = waits.pending.resume()
        facts = waits.audit.read()
        if place.model is not model:
            return
        facts = place.settled(facts, model.settle(act.now))
        act.reaching.seen.extend(strikes(facts, waits.number))
        if model.renders.get((render.account, render.id)) is not render:
            _count(act.reaching)
            return
        act.facts = [fact for fact in facts if fact.kind not in ("reply", *DRAWS)]
        told = told_of(lambda: answered(model, act, lambda: renders.again(model, act, render)))
        check(place, waits.number, act, told, reply)


def _count(reaching: Reaching) -> None:
    """Count what has struck a request of which nothing more is known."""
    fired = (fact for fact in reaching.seen if fact.kind == "fault")
    for fact in fired:
        next(armed for armed in reaching.armed if armed.id == fact.what["fault"]).fired += 1
