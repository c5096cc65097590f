"""A world behind its lock: acts happen one at a time, and what they change is kept before their replies leave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Self, TypeVar

from nemovideo_fakeserver.api import service
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.options import Options
from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Delayed,
    Head,
    Pending,
    Reply,
    Request,
    Stream,
)
from nemovideo_fakeserver.wire.steps import Step, Steps

if TYPE_CHECKING:
    from nemovideo_fakeserver.scenario.script import Script
    from nemovideo_fakeserver.store.keeper import Keeper

T = TypeVar("T")

_DONE: Future[None] = Future()
_DONE.set_result(None)


@dataclass(frozen=True, slots=True)
class Began:
    """A world that has begun, and the script it plays, if any."""

    world: World
    script: Script | None = None


class Place:
    """One world behind its lock, kept by `keeper` if it lasts; after a reset, another world behind the same.

    It began as its `options` say, and plays a `script` where those name a scenario.
    """

    def __init__(self, began: Began, options: Options, keeper: Keeper | None = None) -> None:
        self.world = began.world
        self.script = began.script
        self.options = options
        self.keeper = keeper
        self.lock = threading.RLock()

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer from the head alone, or say how to read the body."""
        with self.lock:
            answer = service.admit(self.world, head)
            if self.keeper is not None:
                self.keeper.commit()
        return self._guarded(answer) if isinstance(answer, Reply) else answer

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        with self.lock:
            reply = service.dispatch(self.world, request)
            if self.keeper is not None:
                self.keeper.commit()
        return self._guarded(reply)

    def act(self, do: Callable[[World], T]) -> T:
        """Do something with the world as it is now."""
        with self.lock:
            self.world.settle()
            done = do(self.world)
            if self.keeper is not None:
                self.keeper.commit()
        return done

    def step(self, take: Callable[[], T]) -> T:
        """Take a step of something that an act has begun."""
        with self.lock:
            try:
                return take()
            finally:
                if self.keeper is not None:
                    self.keeper.commit()

    def change(self, began: Began, options: Options, keeper: Keeper | None) -> None:
        """Let another world take the place of this one. Requests that are under way end in the old one.

        They find its films discarded.
        """
        if self.keeper is not None:
            self.keeper.retire()
        if keeper is not None:
            keeper.save()
        old, self.world, self.script = self.world, began.world, began.script
        self.options, self.keeper = options, keeper
        old.end()

    def keep_all(self) -> None:
        """Keep the world whole: it may have begun with more than nothing."""
        if self.keeper is not None:
            self.keeper.save()

    def end(self) -> None:
        """Keep the world as it is; what still happens in it is not kept."""
        with self.lock:
            if self.keeper is not None:
                self.keeper.end()
        self.world.end()

    def _guarded(self, reply: Reply) -> Reply:
        """Let what is left of a reply go on under the lock, too: its work, or its stream."""
        body = reply.body
        if isinstance(body, Delayed):
            return replace(reply, body=replace(body, reply=self._later(body)))
        if isinstance(body, Stream):
            return replace(reply, body=replace(body, steps=_Guarded(body.steps, self)))
        if isinstance(body, Pending):
            resume = partial(self._resumed, body)
            return replace(reply, body=replace(body, resume=resume))
        return reply

    def _resumed(self, pending: Pending) -> Reply:
        return self._guarded(self.step(pending.resume))

    def _later(self, delayed: Delayed) -> Reply:
        """Return what comes later; when it leaves, its time is kept."""
        if self.keeper is None:
            return self._guarded(delayed.reply)
        leaving = Pending(clock=delayed.clock, job=_DONE, resume=lambda: delayed.reply)
        return self._guarded(Reply(body=leaving))


class _Guarded:
    """Steps that are taken one at a time: each may ask for faults and write into the journal."""

    def __init__(self, steps: Steps, place: Place) -> None:
        self._steps = iter(steps)
        self._place = place

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Step:
        return self._place.step(self._next)

    def _next(self) -> Step:
        return next(self._steps)

    def close(self) -> None:
        """End the stream for its reader."""
        close = getattr(self._steps, "close", None)
        if close is not None:
            with self._place.lock:
                close()
