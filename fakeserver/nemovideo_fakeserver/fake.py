"""The composition root: worlds, and everything they need, behind one `Brain`.

with Fake() as fake:
    with httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1") as http:
        http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.faults.actions import Action, spelled
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.faults import Armed, Faults
from nemovideo_fakeserver.core.journal import Journal
from nemovideo_fakeserver.core.plan import Agent, Plan, Scene
from nemovideo_fakeserver.core.ports import Studio
from nemovideo_fakeserver.core.world import Ports, World
from nemovideo_fakeserver.homes import home
from nemovideo_fakeserver.media.intake.inspector import Inspector
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.media.intake.vault import LocalVault
from nemovideo_fakeserver.media.studio.studio import LocalStudio
from nemovideo_fakeserver.options import Options
from nemovideo_fakeserver.wire.messages import BodyPlan, Head, Probe, Reply, Request, Unreadable
from nemovideo_fakeserver.worlds import DEFAULT, Worlds

if TYPE_CHECKING:
    from nemovideo_fakeserver.judge import Report
    from nemovideo_fakeserver.scenario import Scenario
    from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport


class Fake:
    """A fake NemoVideo: implements `wire.messages.Brain`, and opens the doors to itself.

    `agent` and `studio` stand in for the scripted agent and the encoder; `close` closes the studio.
    Raises `store.broken.Unusable` for a state file or a snapshot to import that cannot be used.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        agent: Agent | None = None,
        studio: Studio | None = None,
    ) -> None:
        self.options = options or Options()
        with ExitStack() as undo:
            self._home = home(self.options)
            undo.callback(self._home.close)
            self.spool = self._home.now / "spool"
            self.spool.mkdir()
            self._studio = studio or LocalStudio(self._home.now / "studio")
            undo.callback(self._studio.close)
            self._inspector = Inspector()
            undo.callback(self._inspector.close)
            ports = Ports(
                agent=agent or _scripted, studio=self._studio, vault=LocalVault(self._home.vault)
            )
            self._worlds = Worlds(self.options, ports, self._home.keeping)
            self._home.begin(self._worlds)
            undo.callback(self._worlds.end)
            undo.callback(self._leave)
            self._end = undo.pop_all()

    @property
    def clock(self) -> Clock:
        """The clock of the default world."""
        return self.world().setting.clock

    def world(self, name: str = DEFAULT) -> World:
        """Return the world of that name, made on first use, up to the present."""
        place = self._worlds.place(name)
        with place.lock:
            place.world.settle()
        return place.world

    @property
    def journal(self) -> Journal:
        """What has happened in the default world; ask it with `nemovideo_fakeserver.verify`."""
        return self.world().journal

    @property
    def faults(self) -> Faults:
        """The armed faults of the default world: `armed`, `unfired()`, `assert_all_fired()`."""
        return self.world().faults

    def arm(
        self, at: str, do: Mapping[str, Any] | Action, *, world: str = DEFAULT, **more: Any
    ) -> Armed:
        """Arm a fault, in the words of YAML: `fake.arm("turn.heartbeat[2]", {"break": "reset"})`.

        `more` are `side`, `times`, `probability`, `account`, `session` and `message` (see `Fault`).
        Raises `FaultUnknown`, a ValueError, for what does not exist.
        """
        words = do if isinstance(do, Mapping) else spelled(do)
        fault = Fault.of({"at": at, "do": words, **more})
        place = self._worlds.place(world)
        with place.lock:
            place.world.settle()
            return place.world.faults.arm(fault, now=place.world.setting.now)

    def verdicts(self, world: str = DEFAULT) -> Report:
        """Return what the judge says of the clients so far."""
        from nemovideo_fakeserver.judge import judge

        journal = self.world(world).journal
        return judge(journal.facts(), dropped=journal.dropped)

    def timeline(
        self, session: str | None = None, *, world: str = DEFAULT, width: int = 100
    ) -> str:
        """Return a session, or all that happened, drawn as text."""
        from nemovideo_fakeserver.timeline import draw

        return draw(self.world(world).journal, session, width)

    def play(self, scenario: Scenario, *, world: str = DEFAULT) -> None:
        """Let a world begin anew as a scenario says."""
        self.world(world)
        self._worlds.play(world, scenario)

    def playing(self, world: str = DEFAULT) -> Mapping[str, Any] | None:
        """Return which scenario a world plays, and which of its turns no message has played."""
        self.world(world)
        return self._worlds.playing(world)

    def names(self) -> list[str]:
        """Return the names of all worlds so far; that of the default one is empty."""
        return self._worlds.names()

    def reset(self, world: str = DEFAULT) -> None:
        """Put a world back to its seed; its time goes on."""
        self.world(world)
        self._worlds.reset(world)

    def forget(self, world: str) -> None:
        """Let a world be gone; a request to its name begins another one. What a state file has of it stays."""
        self._worlds.forget(world)

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
        found = self._worlds.locate(head)
        if isinstance(found, Reply):
            return found
        place, head = found
        return place.admit(head)

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        found = self._worlds.locate(request.head)
        if isinstance(found, Reply):
            return found
        place, head = found
        return place.dispatch(Request(head=head, body=request.body))

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into an uploaded file."""
        return self._inspector.probe(path) if self.options.isolate else probe(path)

    def snapshot(self, name: str | None = None) -> str:
        """Return all worlds, or the one of that name, as readable text that `Options.imports` takes."""
        return self._worlds.snapshot(name)

    def export(self, path: Path) -> None:
        """Write a snapshot of all worlds to a file, and the uploaded files beside it.

        Raises `store.broken.SnapshotUnusable` where that cannot be done.
        """
        from nemovideo_fakeserver.store.exporting import export

        export(self._worlds.taken(), self._home.vault, path)

    def close(self) -> None:
        """Stop the workers and remove what does not last; export first what is to be exported on exit."""
        self._end.close()

    def _leave(self) -> None:
        if self.options.export_on_exit is not None:
            self.export(self.options.export_on_exit)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _scripted(message: str, scene: Scene) -> Plan:
    """Ask the scripted agent, whose vocabulary takes longer to load than all the rest."""
    from nemovideo_fakeserver.agent.plan import plan

    return plan(message, scene)
