"""A recording with a port of its own, from its beginning to its end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from nemovideo_proxy.mitm import sockets
from nemovideo_proxy.mitm.door import Door, Replaying
from nemovideo_proxy.mitm.gate import Gate
from nemovideo_proxy.mitm.master import Listening, listens_at, made
from nemovideo_proxy.mitm.pages import Pages
from nemovideo_proxy.mitm.patience import Patience
from nemovideo_proxy.mitm.recording import Recording
from nemovideo_proxy.recording.budget import Budget
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.upstream import Upstream
from nemovideo_proxy.replay.player import Player

CLOSING = 2.0
"""Real seconds that connections have to close after the recording ended."""


class CannotListen(Exception):
    """The port could not be opened."""


async def _nothing() -> None:
    """There is nothing to settle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addons:
    """The addons that work together, in their order, and what is to be done when all has ended."""

    all: tuple[Any, ...]
    settle: Callable[[], Awaitable[None]] = _nothing


def recording_addons(session: Session, player: Player | None = None) -> Addons:
    """Return what records a session; with a player, what that knows is replayed."""
    gate, patience, budget = Gate(session.upstream), Patience(session.patience), Budget(session)
    door = None if player is None else Door(player, session.upstream, gate)
    recording = Recording(session, gate, patience, budget.check, door)
    led = () if door is None else (door,)
    return Addons(all=(Pages(), gate, patience, *led, recording), settle=budget.settle)


def replaying_addons(service: Upstream, player: Player, instance: str) -> Addons:
    """Return what replays, and contacts nobody."""
    gate = Gate(service)
    door = Door(player, service, gate)
    return Addons(all=(Pages(), gate, door, Replaying(service, door, instance)))


class Proxy:
    """mitmproxy with addons on a port of its own; made in a running loop."""

    def __init__(self, addons: Addons, listening: Listening) -> None:
        self._listening = listening
        self._settle = addons.settle
        self._ready = _Ready(self._opened)
        self._master: Any = made(listening, (*addons.all, self._ready))
        self._told: Callable[[str, int], None] | None = None

    async def run(self, ready: Callable[[str, int], None]) -> None:
        """Serve until `stop`; calls `ready` with host and port once. Raises CannotListen."""
        self._told = ready
        await self._master.run()
        await sockets.close_all(self._master, within=CLOSING)
        await self._settle()
        if self._told is not None:
            raise CannotListen(
                f"cannot listen on {self._listening.host}:{self._listening.port}: another program may be there"
            )

    def stop(self) -> None:
        """End it; may be called from any thread."""
        self._master.shutdown()

    def _opened(self) -> None:
        address = listens_at(self._master)
        if address is None or self._told is None:
            self.stop()
            return
        told, self._told = self._told, None
        told(*address)


class _Ready:
    """The addon that says when mitmproxy listens."""

    def __init__(self, opened: Callable[[], None]) -> None:
        self._opened = opened

    def running(self) -> None:
        """All listeners have been opened, or could not be."""
        self._opened()
