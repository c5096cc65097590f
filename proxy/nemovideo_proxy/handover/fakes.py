"""Which client goes on with which fake.

Each has a fake of its own, in the world `~client-<n>`: the links in its replies lead back to it without
anybody's token in them.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import Reply, Request
from nemovideo_proxy.handover.child import Child
from nemovideo_proxy.handover.facts import Facts
from nemovideo_proxy.handover.forwarding import Forwarder
from nemovideo_proxy.handover.seed import write_seed
from nemovideo_proxy.model import Blob

_WORLD = re.compile(r"/~client-(\d+)(?=/|$)")


@dataclass(slots=True)
class _Place:
    """One client's fake, which is started when it is first asked."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    child: Child | None = None


class Fakes:
    """Goes on with fakes. Their time runs `rate` times as fast as on the wall; a context manager."""

    def __init__(self, clock: Clock, *, rate: float, path_of: Callable[[Blob], Path]) -> None:
        self._rate = rate
        self._path_of = path_of
        self._forwarder = Forwarder(clock)
        self._places: dict[int, _Place] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="nemo-proxy-")

    def reply(self, client: int, request: Request, facts: Callable[[], Facts]) -> Reply:
        """Return what the fake of `client` answers, which begins with its `facts` when it is new."""
        place = self._places.setdefault(client, _Place())
        return self._forwarder.reply(
            request, lambda: f"{self._child(place, client, facts).url}/{_name(client)}"
        )

    def has(self, client: int) -> bool:
        """Say whether `client` goes on with a fake already."""
        return client in self._places

    def linked(self, request: Request) -> Reply | None:
        """Return what a fake answers to a link of its own; None if this is none."""
        found = _WORLD.match(request.head.path)
        place = self._places.get(int(found[1])) if found else None
        if place is None or place.child is None:
            return None
        url = place.child.url
        return self._forwarder.reply(request, lambda: url)

    def close(self) -> None:
        """End every fake."""
        for place in self._places.values():
            if place.child is not None:
                place.child.close()
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

    def _child(self, place: _Place, client: int, facts: Callable[[], Facts]) -> Child:
        with place.lock:
            if place.child is None:
                seed = Path(self._folder.name) / f"{_name(client)}.yaml"
                write_seed(facts(), seed, world=_name(client).lstrip("~"), path_of=self._path_of)
                place.child = Child(seed, rate=self._rate)
            return place.child


def _name(client: int) -> str:
    return f"~client-{client}"
