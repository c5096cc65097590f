"""The composition root: worlds, and everything they need, behind one `Brain`.

    with Fake() as fake:
        with httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1") as http:
            http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})

The root URL is the default world; `<base>/~name` is another one, made on first use, with a clock,
accounts and ids of its own.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nemovideo_fakeserver.api import service
from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.plan import Agent, Plan, Scene
from nemovideo_fakeserver.core.ports import Studio
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.core.world import Ports, World
from nemovideo_fakeserver.media.inspector import Inspector
from nemovideo_fakeserver.media.probe import probe
from nemovideo_fakeserver.media.studio import LocalStudio
from nemovideo_fakeserver.media.vault import LocalVault
from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Head,
    Pending,
    Probe,
    Reply,
    Request,
    Unreadable,
)

if TYPE_CHECKING:
    from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport

_WORLD = re.compile(r"/~([A-Za-z0-9._-]{1,64})(/.*)?")
DEFAULT_WORLD = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the worlds of a fake begin.

    `rate` is virtual seconds per real second; at 0 time moves only by jumps, which `autojump` makes
    whenever everybody waits. `start` is the first instant in seconds since the Unix epoch. With
    `isolate`, uploads are examined in a child process that can be stopped: for files of strangers.
    """

    seed: int = 0
    rate: float = 0.0
    autojump: bool = True
    start: float = EPOCH
    variants: Variants = field(default_factory=Variants)
    isolate: bool = False


class Fake:
    """A fake NemoVideo: implements `wire.messages.Brain`, and opens the doors to itself.

    `agent` and `studio` stand in for the scripted agent and the encoder; `close` closes the studio.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        agent: Agent | None = None,
        studio: Studio | None = None,
    ) -> None:
        self.options = options or Options()
        self._folder = Path(tempfile.mkdtemp(prefix="nemovideo-fake-"))
        self.spool = self._folder / "spool"
        self.spool.mkdir()
        self._lock = threading.RLock()
        self._worlds: dict[str, World] = {}
        self._ports = Ports(
            agent=agent or _scripted,
            studio=studio or LocalStudio(self._folder / "studio"),
            vault=LocalVault(self._folder / "vault"),
        )
        self._inspector = Inspector()

    @property
    def clock(self) -> Clock:
        """The clock of the default world."""
        return self.world().setting.clock

    def world(self, name: str = DEFAULT_WORLD) -> World:
        """Return the world of that name, made on first use."""
        with self._lock:
            if name not in self._worlds:
                self._worlds[name] = self._new_world(name)
            return self._worlds[name]

    def transport(self) -> SyncTransport:
        """Return an httpx transport that reaches this fake in-process."""
        from nemovideo_fakeserver.surfaces.httpx_transport import SyncTransport

        return SyncTransport(self)

    def async_transport(self) -> AsyncTransport:
        """Return an httpx transport for asyncio that reaches this fake in-process."""
        from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport

        return AsyncTransport(self)

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer from the head alone, or say how to read the body."""
        world, head = self._locate(head)
        with self._lock:
            answer = service.admit(world, head)
        return self._locking(answer) if isinstance(answer, Reply) else answer

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        world, head = self._locate(request.head)
        with self._lock:
            reply = service.dispatch(world, Request(head=head, body=request.body))
        return self._locking(reply)

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into an uploaded file."""
        return self._inspector.probe(path) if self.options.isolate else probe(path)

    def close(self) -> None:
        """Stop the workers and remove every file."""
        self._ports.studio.close()
        self._inspector.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _locking(self, reply: Reply) -> Reply:
        """Let a reply that waits for real work go on as an act of its own, one at a time like all acts."""
        if not isinstance(reply.body, Pending):
            return reply
        pending = reply.body

        def resume() -> Reply:
            with self._lock:
                return pending.resume()

        return replace(reply, body=replace(pending, resume=resume))

    def _locate(self, head: Head) -> tuple[World, Head]:
        if not head.path.startswith("/~"):
            return self.world(), head
        match = _WORLD.fullmatch(head.path)
        if match is None:
            return self.world(), head
        name, path = match.groups()
        return self.world(name), replace(head, path=path or "/", base=f"{head.base}/~{name}")

    def _new_world(self, name: str) -> World:
        options = self.options
        setting = Setting(
            clock=Clock(options.start, rate=options.rate, autojump=options.autojump),
            chance=Chance(f"{options.seed}").at(name),
            variants=options.variants,
        )
        return World(setting, self._ports)


def _scripted(message: str, scene: Scene) -> Plan:
    """Ask the scripted agent, whose vocabulary takes longer to load than all the rest."""
    from nemovideo_fakeserver.agent.plan import plan

    return plan(message, scene)
