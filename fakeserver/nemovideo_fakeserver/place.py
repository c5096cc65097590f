"""A world behind its lock: acts happen one at a time, and what they change is kept before their replies leave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Self, TypeVar

from nemovideo_fakeserver.api import service
from nemovideo_fakeserver.core.world import World
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
    from nemovideo_fakeserver.store.keeper import Keeper

T = TypeVar("T")

_DONE: Future[None] = Future()
_DONE.set_result(None)


class Place:
    """One world behind its lock, kept by `keeper` if it lasts; after a reset, another world behind the same."""

    def __init__(self, world: World, keeper: Keeper | None = None) -> None:
        self.world = world
        self.keeper = keeper
        self.lock = threading.RLock()

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer from the head alone, or say how to read the body."""
        with self.lock:
            keeper = self.keeper
            answer = service.admit(self.world, head)
            if keeper is not None:
                keeper.commit()
        return self._guarded(answer, keeper) if isinstance(answer, Reply) else answer

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        with self.lock:
            keeper = self.keeper
            reply = service.dispatch(self.world, request)
            if keeper is not None:
                keeper.commit()
        return self._guarded(reply, keeper)

    def change(self, world: World, keeper: Keeper | None) -> None:
        """Let another world take the place of this one. Requests that are under way end in the old one."""
        if self.keeper is not None:
            self.keeper.retire()
        if keeper is not None:
            keeper.save()
        self.world, self.keeper = world, keeper

    def end(self) -> None:
        """Keep the world as it is; what still happens in it is not kept."""
        with self.lock:
            if self.keeper is not None:
                self.keeper.end()

    def act(self, do: Callable[[World], T]) -> T:
        """Do something with the world as it is now."""
        with self.lock:
            self.world.settle()
            done = do(self.world)
            if self.keeper is not None:
                self.keeper.commit()
        return done

    def _guarded(self, reply: Reply, keeper: Keeper | None) -> Reply:
        """Let what is left of a reply go on under the lock, too: its work, or its stream."""
        body = reply.body
        if isinstance(body, Delayed):
            return self._late(reply, body, keeper)
        if isinstance(body, Stream):
            steps = _Guarded(body.steps, self.lock, keeper)
            return replace(reply, body=replace(body, steps=steps))
        if not isinstance(body, Pending):
            return reply
        pending = body

        def resume() -> Reply:
            with self.lock:
                resumed = pending.resume()
                if keeper is not None:
                    keeper.commit()
            return self._guarded(resumed, keeper)

        return replace(reply, body=replace(pending, resume=resume))

    def _late(self, reply: Reply, delayed: Delayed, keeper: Keeper | None) -> Reply:
        """Guard what comes later; when it leaves, its time is kept."""
        later = delayed.reply
        if keeper is not None:
            later = Reply(
                body=Pending(clock=delayed.clock, job=_DONE, resume=lambda: delayed.reply)
            )
        return replace(reply, body=replace(delayed, reply=self._guarded(later, keeper)))


class _Guarded:
    """Steps that are taken one at a time under a lock: each may ask for faults and write into the journal."""

    def __init__(self, steps: Steps, lock: threading.RLock, keeper: Keeper | None) -> None:
        self._steps = iter(steps)
        self._lock = lock
        self._keeper = keeper

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Step:
        with self._lock:
            try:
                return next(self._steps)
            finally:
                if self._keeper is not None:
                    self._keeper.commit()

    def close(self) -> None:
        """End the stream for its reader."""
        close = getattr(self._steps, "close", None)
        if close is not None:
            with self._lock:
                close()
