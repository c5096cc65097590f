"""Jobs without processes: children that are none, and whether others may go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import cast

from nemovideo_fakeserver.media.children.child import Child, Killed
from nemovideo_fakeserver.media.studio.pool import Children

SECONDS = 10
"""How long a test waits for what should be at once, before it fails."""


class Mute:
    """A child that can only be killed."""

    killed = False

    def ask(self, _line: str, _seconds: float) -> str:
        """Answer, while it lives."""
        if self.killed:
            raise Killed
        return "answer"

    def kill(self) -> None:
        """End it."""
        self.killed = True


class Mutes(Children):
    """Such children."""

    def __init__(self) -> None:
        super().__init__("nothing", idle=0)

    @contextmanager
    def lent(self) -> Iterator[Child]:
        """Lend another one each time."""
        yield cast("Child", Mute())


def elsewhere(act: Callable[[], object]) -> bool:
    """Say whether another thread can do something now: it waits for nothing that is held here."""
    done = Event()

    def do() -> None:
        act()
        done.set()

    Thread(target=do, daemon=True).start()
    return done.wait(SECONDS)
