"""A recording with a port of its own, from its beginning to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nemovideo_proxy.mitm import sockets
from nemovideo_proxy.mitm.gate import Gate
from nemovideo_proxy.mitm.master import Listening, listens_at, made
from nemovideo_proxy.mitm.patience import Patience
from nemovideo_proxy.mitm.recording import Recording
from nemovideo_proxy.recording.budget import Budget
from nemovideo_proxy.recording.session import Session

CLOSING = 2.0
"""Real seconds that connections have to close after the recording ended."""


class CannotListen(Exception):
    """The port could not be opened."""


class Proxy:
    """mitmproxy and the addons of one session; made in a running loop."""

    def __init__(self, session: Session, listening: Listening) -> None:
        self._listening = listening
        gate, patience = Gate(session.upstream), Patience(session.patience)
        self._budget = Budget(session)
        recording = Recording(session, gate, patience, self._budget.check)
        self._ready = _Ready(self._opened)
        self._master: Any = made(listening, (gate, patience, recording, self._ready))
        self._told: Callable[[str, int], None] | None = None

    async def run(self, ready: Callable[[str, int], None]) -> None:
        """Serve until `stop`; calls `ready` with host and port once. Raises CannotListen."""
        self._told = ready
        await self._master.run()
        await sockets.close_all(self._master, within=CLOSING)
        await self._budget.settle()
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
