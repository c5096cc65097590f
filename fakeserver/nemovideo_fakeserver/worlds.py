"""The worlds of a fake: the root URL is one, and `<base>/~name` is another, made on first use.

Law: in one world acts happen one at a time, and no world waits for another. Only a request that a route
answers makes a world, and there is an end to how many.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field, replace

from nemovideo_fakeserver.api import service, unmatched
from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.core.world import Ports, World
from nemovideo_fakeserver.wire.messages import BodyPlan, Head, Pending, Reply, Request

DEFAULT = ""
MOST = 1000
_NAMED = re.compile(r"/~([A-Za-z0-9._-]{1,64})(/.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the worlds of a fake begin.

    `rate` is virtual seconds per real second; at 0 time moves only by jumps, which `autojump` makes
    whenever everybody waits. `start` is the first instant in seconds since the Unix epoch. With
    `isolate`, uploads are examined in a child process that can be stopped: for files of strangers.
    Raises ValueError for a rate or a start that no clock can have.
    """

    seed: int = 0
    rate: float = 0.0
    autojump: bool = True
    start: float = EPOCH
    variants: Variants = field(default_factory=Variants)
    isolate: bool = False

    def __post_init__(self) -> None:
        self.clock()

    def clock(self) -> Clock:
        """Return a new clock that begins as these options say."""
        return Clock(self.start, rate=self.rate, autojump=self.autojump)


class Place:
    """One world behind its lock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._lock = threading.RLock()

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer from the head alone, or say how to read the body."""
        with self._lock:
            answer = service.admit(self.world, head)
        return self._guarded(answer) if isinstance(answer, Reply) else answer

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        with self._lock:
            reply = service.dispatch(self.world, request)
        return self._guarded(reply)

    def _guarded(self, reply: Reply) -> Reply:
        """Let a reply that waits for real work go on under the lock, too."""
        if not isinstance(reply.body, Pending):
            return reply
        pending = reply.body

        def resume() -> Reply:
            with self._lock:
                return self._guarded(pending.resume())

        return replace(reply, body=replace(pending, resume=resume))


class Worlds:
    """All places of a fake, by name."""

    def __init__(self, options: Options, ports: Ports) -> None:
        self._options = options
        self._ports = ports
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

    def _new(self, name: str) -> World:
        options = self._options
        setting = Setting(
            clock=options.clock(),
            chance=Chance(f"{options.seed}").at(name),
            variants=options.variants,
        )
        return World(setting, self._ports)
