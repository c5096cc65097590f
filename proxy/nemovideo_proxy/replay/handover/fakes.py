"""Which client goes on with which fake.

Each has a fake of its own, in the world `~client-<n>`: the links in its replies lead back to it without
anybody's token in them.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import Reply, Request
from nemovideo_proxy.fake_child import served
from nemovideo_proxy.replay.handover.forwarding import Forwarder
from nemovideo_proxy.replay.handover.seed import Seed

_WORLD = re.compile(r"/~client-(\d+)(?=/|$)")


@dataclass(slots=True)
class _Place:
    """One client's fake, which is started when it is first asked."""

    seed: Callable[[str], Seed]
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str | None = None


class Fakes:
    """Goes on with fakes. Their time runs `rate` times as fast as on the wall; a context manager."""

    def __init__(self, clock: Clock, *, rate: float) -> None:
        self._rate = rate
        self._forwarder = Forwarder(clock)
        self._places: dict[int, _Place] = {}
        self._running = ExitStack()
        self._folder = tempfile.TemporaryDirectory(prefix="nemo-proxy-")

    def begin(self, client: int, seed: Callable[[str], Seed]) -> None:
        """Let `client` go on with a fake, which begins with the `seed` of its world when it is first asked."""
        self._places.setdefault(client, _Place(seed))

    def reply(self, client: int, request: Request) -> Reply:
        """Return what the fake of `client` answers."""
        place = self._places[client]
        return self._forwarder.reply(
            request, lambda: f"{self._started(place, client)}/{_prefix(client)}"
        )

    def has(self, client: int) -> bool:
        """Say whether `client` goes on with a fake already."""
        return client in self._places

    def linked(self, request: Request) -> Reply | None:
        """Return what a fake answers to a link of its own; None if this is none."""
        found = _WORLD.match(request.head.path)
        place = self._places.get(int(found[1])) if found else None
        url = place.url if place else None
        return self._forwarder.reply(request, lambda: url) if url else None

    def close(self) -> None:
        """End every fake."""
        self._running.close()
        self._forwarder.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _started(self, place: _Place, client: int) -> str:
        with place.lock:
            if place.url is None:
                path = Path(self._folder.name) / f"client-{client}.yaml"
                place.seed(_prefix(client).removeprefix("~")).write(path)
                fake = served(("--import", str(path)), rate=self._rate)
                try:
                    place.url = self._running.enter_context(fake)
                finally:
                    path.unlink()  # it has the client's own token, and was read when the fake began
            return place.url


def _prefix(client: int) -> str:
    return f"~client-{client}"
