"""The worlds of a fake: the root URL is one, and `<base>/~name` is another, made on first use.

Law: in one world acts happen one at a time, and no world waits for another. Only a request that a route
answers makes a world, and there is an end to how many.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from typing import Self

from nemovideo_fakeserver.api import service, unmatched
from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.world import Ports, World
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

DEFAULT = ""
MOST = 1000
_NAMED = re.compile(r"/~([A-Za-z0-9._-]{1,64})(/.*)?")


class Place:
    """One world behind its lock; after a reset, another world behind the same."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lock = threading.RLock()

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer from the head alone, or say how to read the body."""
        with self.lock:
            answer = service.admit(self.world, head)
        return self._guarded(answer) if isinstance(answer, Reply) else answer

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        with self.lock:
            reply = service.dispatch(self.world, request)
        return self._guarded(reply)

    def _guarded(self, reply: Reply) -> Reply:
        """Let what is left of a reply go on under the lock, too: its work, or its stream."""
        body = reply.body
        if isinstance(body, Delayed):
            return replace(reply, body=replace(body, reply=self._guarded(body.reply)))
        if isinstance(body, Stream):
            return replace(reply, body=replace(body, steps=_Guarded(body.steps, self.lock)))
        if not isinstance(body, Pending):
            return reply
        pending = body

        def resume() -> Reply:
            with self.lock:
                return self._guarded(pending.resume())

        return replace(reply, body=replace(pending, resume=resume))


class _Guarded:
    """Steps that are taken one at a time under a lock: each may ask for faults and write into the journal."""

    def __init__(self, steps: Steps, lock: threading.RLock) -> None:
        self._steps = iter(steps)
        self._lock = lock

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Step:
        with self._lock:
            return next(self._steps)

    def close(self) -> None:
        """End the stream for its reader."""
        close = getattr(self._steps, "close", None)
        if close is not None:
            with self._lock:
                close()


class Worlds:
    """All places of a fake, by name: a `core.ports.House`."""

    def __init__(self, options: Options, ports: Ports) -> None:
        self._options = options
        self._ports = ports
        self.hosts = frozenset(options.allow_hosts)
        self._places: dict[str, Place] = {}
        self._lock = threading.Lock()

    def place(self, name: str) -> Place:
        """Return the place of that name, made on first use."""
        place = self._places.get(name)
        if place is not None:
            return place
        with self._lock:
            if name not in self._places:
                self._places[name] = Place(self._new(name))
            return self._places[name]

    def locate(self, head: Head) -> tuple[Place, Head] | Reply:
        """Return where a request belongs, and how it reads there; a refusal when that would be one world too many."""
        match = _NAMED.fullmatch(head.path) if head.path.startswith("/~") else None
        if match is None:
            return self.place(DEFAULT), head
        name, path = match[1], match[2] or "/"
        head = replace(head, path=path, base=f"{head.base}/~{name}")
        if name not in self._places:
            if not service.answers(path):
                name = DEFAULT
            elif len(self._places) >= MOST:
                return unmatched.crowded(MOST)
        return self.place(name), head

    def names(self) -> list[str]:
        """Return the names of all worlds, the default one's being empty, in order of their making."""
        return list(self._places)

    def reset(self, name: str) -> None:
        """Put a world back to its seed: a new one takes its place, at the old one's time.

        A request that is under way ends in the world it began in.
        """
        place = self._places[name]
        clock = place.world.setting.clock
        clock.set_rate(self._options.rate)
        world = self._new(name, clock)
        world.setting.note("control", did="world reset", world=name)
        place.world = world

    def reset_account(self, name: str, uid: str) -> bool:
        """Put one account of a world back to its seed."""
        return self._places[name].world.forget(uid)

    def _new(self, name: str, clock: Clock | None = None) -> World:
        options = self._options
        setting = Setting(
            clock=clock or options.clock(),
            chance=Chance(f"{options.seed}").at(name),
            variants=options.variants,
        )
        scenario = options.scenario
        if scenario is None:
            return World(setting, self._ports, name=name, house=self)
        from nemovideo_fakeserver.scenario.furnishing import furnish
        from nemovideo_fakeserver.scenario.script import Script

        script = Script(scenario, self._ports.agent)
        ports = replace(self._ports, agent=script, took=script.took)
        world = World(setting, ports, name=name, house=self)
        script.accounts = furnish(world, scenario).accounts
        return world
