"""The worlds of a fake: the root URL is one, and `<base>/~name` is another, made on first use.

Law: in one world acts happen one at a time, and no world waits for another. Only a request that a route
answers makes a world, and there is an end to how many.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from nemovideo_fakeserver.api import service, unmatched
from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.world import Ports, World
from nemovideo_fakeserver.options import Options
from nemovideo_fakeserver.place import Began, Place
from nemovideo_fakeserver.wire.messages import Head, Reply

if TYPE_CHECKING:
    from nemovideo_fakeserver.scenario.model.scenario import Scenario
    from nemovideo_fakeserver.store.keeper import Keeper
    from nemovideo_fakeserver.store.records import Snapshot

T = TypeVar("T")
Keeping = Callable[[World], "Keeper"]
"""Has a world kept from now on."""

DEFAULT = ""
MOST = 1000
_NAMED = re.compile(r"/~([A-Za-z0-9._-]{1,64})(/.*)?")


class Worlds:
    """All places of a fake, by name: a `core.ports.House`."""

    def __init__(self, options: Options, ports: Ports, keeping: Keeping | None = None) -> None:
        self._options = options
        self._ports = ports
        self._keeping = keeping
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
                began = self._begun(name, self._options, self._options.clock())
                place = self._places[name] = self._placed(began, self._options)
                place.keep_all()
            return self._places[name]

    def resume(
        self, name: str, options: Options, setting: Setting, fill: Callable[[World], None]
    ) -> Place:
        """Let a world that was here before be here again: with its setting, and with what `fill` puts into it."""
        began = self._with_script(name, options, setting)
        fill(began.world)
        if began.script is not None:
            began.script.resume(began.world)
        place = self._places[name] = self._placed(began, options)
        return place

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
        clock, seed = place.world.setting.clock, place.world.setting.chance.seed
        clock.set_rate(place.options.rate)
        self._begin_again(place, name, place.options, seed, did="world reset")

    def forget(self, name: str) -> None:
        """Let a world be gone; what is under way in it ends there. What a state file has of it stays."""
        with self._lock:
            place = self._places.pop(name, None)
        if place is not None:
            place.end()

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
        self._begin_again(place, name, options, None)

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

    def taken(self, name: str | None = None) -> Snapshot:
        """Return one world, or all, as they are now; each at a moment of its own."""
        from nemovideo_fakeserver.store.records import Snapshot
        from nemovideo_fakeserver.store.worlds import whole

        taken = partial(whole, usual_rate=self._options.rate)
        names = self.names() if name is None else [name]
        worlds = tuple(self._places[name].act(taken) for name in names)
        return Snapshot(snapshot=1, worlds=worlds)

    def snapshot(self, name: str | None = None) -> str:
        """Return one world, or all, as YAML."""
        from nemovideo_fakeserver.store.yaml_writing import written

        return written(self.taken(name))

    def snapshot_of_all(self) -> Future[str]:
        """Return a future of all worlds as YAML: each is taken while no other is held, or two could wait for each other."""
        done: Future[str] = Future()
        done.set_running_or_notify_cancel()
        threading.Thread(target=_fulfil, args=(done, self.snapshot), daemon=True).start()
        return done

    def save(self) -> None:
        """Keep all worlds as they are, whatever was kept before."""
        for place in self.places():
            if place.keeper is not None:
                place.keeper.save()

    def end(self) -> None:
        """Keep what there is to keep; what still happens is not kept."""
        for place in self.places():
            place.end()

    def places(self) -> list[Place]:
        """Return the places of all worlds, in order of their making."""
        return list(self._places.values())

    def _begin_again(
        self,
        place: Place,
        name: str,
        options: Options,
        seed: str | None,
        did: str | None = None,
    ) -> None:
        with self._lock:
            began = self._begun(name, options, place.world.setting.clock, seed)
            if did is not None:
                began.world.setting.note("control", did=did, world=name)
            place.change(began, options, self._kept(began.world))

    def _begun(self, name: str, options: Options, clock: Clock, seed: str | None = None) -> Began:
        setting = Setting(
            clock=clock,
            chance=Chance(seed or f"{options.seed}").at(name),
            variants=options.variants,
        )
        began = self._with_script(name, options, setting)
        if began.script is not None:
            began.script.furnish(began.world)
        return began

    def _with_script(self, name: str, options: Options, setting: Setting) -> Began:
        if options.scenario is None:
            return Began(World(setting, self._ports, name=name, house=self))
        from nemovideo_fakeserver.scenario.script import Script
        from nemovideo_fakeserver.scenario.writing import plain

        script = Script(options.scenario, self._ports.agent)
        ports = replace(self._ports, agent=script, took=script.took)
        world = World(setting, ports, name=name, house=self)
        world.scenario = plain(options.scenario)
        return Began(world, script)

    def _placed(self, began: Began, options: Options) -> Place:
        return Place(began, options, self._kept(began.world))

    def _kept(self, world: World) -> Keeper | None:
        return self._keeping(world) if self._keeping is not None else None


def _fulfil(done: Future[T], work: Callable[[], T]) -> None:
    try:
        done.set_result(work())
    except BaseException as problem:  # whoever asks is told
        done.set_exception(problem)
