"""The worlds of a fake: the root URL is one, and `<base>/~name` is another, made on first use.

Law: in one world acts happen one at a time, and no world waits for another. Only a request that a route
answers makes a world, and there is an end to how many.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

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

if TYPE_CHECKING:
    from nemovideo_fakeserver.scenario.model.scenario import Scenario
    from nemovideo_fakeserver.scenario.script import Script

DEFAULT = ""
MOST = 1000
_NAMED = re.compile(r"/~([A-Za-z0-9._-]{1,64})(/.*)?")


class Place:
    """One world behind its lock, and how it begins; after a reset, another world behind the same."""

    world: World
    script: Script | None

    def __init__(self, options: Options) -> None:
        self.options = options
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
                place = Place(self._options)
                self._begin(place, name, self._options.clock())
                self._places[name] = place
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
        clock.set_rate(place.options.rate)
        self._begin(place, name, clock)
        place.world.setting.note("control", did="world reset", world=name)

    def reset_account(self, name: str, uid: str) -> bool:
        """Put one account of a world back to its seed; one that the seed does not know is gone."""
        place = self._places[name]
        account = place.world.accounts.get(uid)
        if account is None or not place.world.forget(account.uid):
            return False
        if place.script is not None:
            place.script.admit_again(place.world, account.uid)
        return True

    def play(self, name: str, scenario: Scenario) -> None:
        """Let a world begin anew as a scenario says; its time may not go back."""
        place = self._places[name]
        options = place.options.playing(scenario)
        clock = place.world.setting.clock
        if scenario.clock is not None and scenario.clock.start is not None:
            clock.jump_to(options.start)
        clock.set_rate(options.rate)
        place.options = options
        self._begin(place, name, clock)

    def playing(self, name: str) -> Mapping[str, Any] | None:
        """Return which scenario a world plays, and how far."""
        script = self._places[name].script
        if script is None:
            return None
        return {
            "name": script.scenario.name,
            "about": script.scenario.about,
            "accounts": dict(script.accounts),
            "played": {str(number): times for number, times in script.used.items()},
            "unplayed": list(script.unplayed),
        }

    def _begin(self, place: Place, name: str, clock: Clock) -> None:
        options = place.options
        setting = Setting(
            clock=clock, chance=Chance(f"{options.seed}").at(name), variants=options.variants
        )
        ports, place.script = self._ports, None
        if options.scenario is not None:
            from nemovideo_fakeserver.scenario.script import Script

            place.script = script = Script(options.scenario, ports.agent)
            ports = replace(ports, agent=script, took=script.took)
        place.world = World(setting, ports, name=name, house=self)
        if place.script is not None:
            place.script.furnish(place.world)
