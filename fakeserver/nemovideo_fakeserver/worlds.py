"""The worlds of a fake: the root URL is one, and `<base>/~name` is another, made on first use.

Law: in one world acts happen one at a time, and no world waits for another. Only a request that a route
answers makes a world, and there is an end to how many.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nemovideo_fakeserver.api import service, unmatched
from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.core.world import Ports, World
from nemovideo_fakeserver.place import Place
from nemovideo_fakeserver.wire.messages import Head, Reply

if TYPE_CHECKING:
    from nemovideo_fakeserver.store.keeper import Keeper
    from nemovideo_fakeserver.store.records import Snapshot

T = TypeVar("T")
Keeping = Callable[[World], "Keeper"]
"""Has a world kept from now on."""

DEFAULT = ""
MOST = 1000
_NAMED = re.compile(r"/~([A-Za-z0-9._-]{1,64})(/.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the worlds of a fake begin.

    `rate` is virtual seconds per real second; at 0 time moves only by jumps, which `autojump` makes
    whenever everybody waits. `start` is the first instant in seconds since the Unix epoch. With
    `isolate`, uploads are examined in a child process that can be stopped: for files of strangers.
    `allow_hosts` are host names under which others than this machine may steer the fake.

    With `state`, a file, worlds last: those in it go on as they were, and all that happens is written
    there. `imports` is a snapshot to begin with, `export_on_exit` one to leave behind (`docs/state.md`).
    Raises ValueError for a rate or a start that no clock can have.
    """

    seed: int = 0
    rate: float = 0.0
    autojump: bool = True
    start: float = EPOCH
    variants: Variants = field(default_factory=Variants)
    isolate: bool = False
    allow_hosts: tuple[str, ...] = ()
    state: Path | None = None
    imports: Path | None = None
    export_on_exit: Path | None = None

    def __post_init__(self) -> None:
        self.clock()

    def clock(self, start: float | None = None, rate: float | None = None) -> Clock:
        """Return a new clock that begins as these options say, but for what is given."""
        return Clock(
            self.start if start is None else start,
            rate=self.rate if rate is None else rate,
            autojump=self.autojump,
        )


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
                self._places[name] = self._placed(self._new(name))
            return self._places[name]

    def resume(self, name: str, setting: Setting, fill: Callable[[World], None]) -> Place:
        """Let a world that was here before be here again: with its setting, and with what `fill` puts into it."""
        world = World(setting, self._ports, name=name, house=self)
        fill(world)
        place = self._places[name] = self._placed(world)
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
        with self._lock:
            place = self._places[name]
            before = place.world.setting
            before.clock.set_rate(self._options.rate)
            world = self._new(name, before.clock, before.chance.seed)
            world.setting.note("control", did="world reset", world=name)
            place.change(world, self._kept(world))

    def reset_account(self, name: str, uid: str) -> bool:
        """Put one account of a world back to its seed."""
        return self._places[name].world.forget(uid)

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

    def _placed(self, world: World) -> Place:
        return Place(world, self._kept(world))

    def _kept(self, world: World) -> Keeper | None:
        return self._keeping(world) if self._keeping is not None else None

    def _new(self, name: str, clock: Clock | None = None, seed: str | None = None) -> World:
        options = self._options
        setting = Setting(
            clock=clock or options.clock(),
            chance=Chance(seed or f"{options.seed}").at(name),
            variants=options.variants,
        )
        return World(setting, self._ports, name=name, house=self)


def _fulfil(done: Future[T], work: Callable[[], T]) -> None:
    try:
        done.set_result(work())
    except BaseException as problem:  # whoever asks is told
        done.set_exception(problem)
