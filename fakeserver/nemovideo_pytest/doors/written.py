"""What a served stream has written so far, and what it waits for: told to its reader behind the network.

Bytes on their way can be neither seen nor waited for from outside. Here both ends live in one process:
the server's end keeps a record, and the reader knows whether to read on or to let time pass.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf, nextafter
from pathlib import Path

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.surfaces.walk import walking
from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Brain,
    Delayed,
    Head,
    Pending,
    Probe,
    Reply,
    Request,
    Stream,
    Unreadable,
)
from nemovideo_fakeserver.wire.pieces import length
from nemovideo_fakeserver.wire.steps import Cut, Send, Step, Steps, Until

TAG = "X-Written-Record"
"""The header by which a reader finds the record of its stream."""

REAL_SECONDS = 20.0
"""Real seconds after which a server that does not move is a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a stream is: `sent` bytes; `until`, what it waits for; `over`, ended or stalled."""

    sent: int = 0
    until: float | None = None
    over: bool = False
    stalls: bool = False


class Written:
    """The record of one stream."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self.state = State()

    def watch(self, steps: Steps) -> Iterator[Step]:
        """Pass `steps` on and keep the record.

        A reset comes the smallest step of time later, lest it takes away what is not read yet.
        """
        with walking(steps) as walked:
            try:
                for step in walked:
                    match step:
                        case Send(data):
                            self._now(sent=self.state.sent + length(data))
                            yield step
                        case Until(deadline):
                            yield from self._wait(deadline)
                        case Cut(how, rest):
                            self._now(sent=self.state.sent + len(rest))
                            if how == "reset":
                                yield from self._wait(nextafter(self._clock.now(), inf))
                            self._now(over=True, stalls=how == "stall")
                            yield step
            finally:
                self._now(over=True, until=None)

    def await_change(self, since: State) -> None:
        """Block until the state is another than `since`. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.state is not since, REAL_SECONDS):
                raise TimeoutError(f"the server has not moved for {REAL_SECONDS:g} real seconds")

    def _wait(self, deadline: float) -> Iterator[Step]:
        self._now(until=deadline)
        yield Until(deadline)
        self._now(until=None)

    def _now(self, **changes: float | bool | None) -> None:
        with self._changed:
            self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # fields of State
            self._changed.notify_all()


class Watched:
    """A brain whose streams on `clock` keep a record, found by the value of the header `TAG`."""

    def __init__(self, brain: Brain, clock: Clock) -> None:
        self._brain = brain
        self._clock = clock
        self._numbers = itertools.count(1)
        self.records: dict[str, Written] = {}

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        return self._brain.spool

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer as the brain does."""
        answer = self._brain.admit(head)
        return answer if isinstance(answer, BodyPlan) else self._tagged(answer)

    def dispatch(self, request: Request) -> Reply:
        """Answer as the brain does."""
        return self._tagged(self._brain.dispatch(request))

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into a spooled file as the brain does."""
        return self._brain.inspect(path)

    def _tagged(self, reply: Reply) -> Reply:
        body = reply.body
        if isinstance(body, Pending):
            resume = body.resume
            return replace(reply, body=replace(body, resume=lambda: self._tagged(resume())))
        if isinstance(body, Delayed):
            return replace(reply, body=replace(body, reply=self._tagged(body.reply)))
        if not isinstance(body, Stream) or body.clock is not self._clock:
            return reply
        number, record = str(next(self._numbers)), Written(self._clock)
        self.records[number] = record
        return Reply(
            status=reply.status,
            headers=(*reply.headers, (TAG, number)),
            body=replace(body, steps=record.watch(body.steps)),
        )
