"""Children that are kept: one that has done its work waits for the next, for it took its time to start.

It knows nothing of who asks it: a child is lent to one at a time, and given back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from nemovideo_fakeserver.media.children.child import Child, Killed

ENDING_SECONDS = 5.0
"""Real seconds for which an end waits until all that is lent was given back."""


class Children:
    """Processes that run `module` of this package: idle ones, and those that are lent out. At most `idle` wait for work."""

    def __init__(self, module: str, idle: int) -> None:
        self._module = module
        self._most = idle
        self._changed = Condition()
        self._idle: list[Child] = []
        self._lent: set[Child] = set()
        self._ended = False

    @contextmanager
    def lent(self) -> Iterator[Child]:
        """Lend a child that is alive, an idle one if there is any. Raises `Killed` after the end."""
        child = self._taken()
        try:
            yield child
        finally:
            self._give_back(child)

    def _taken(self) -> Child:
        with self._changed:
            if self._ended:
                raise Killed("the interpreter ends")
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    break
                child.end()
            else:
                child = Child(f"{__package__}.{self._module}")
            self._lent.add(child)
            return child

    def _give_back(self, child: Child) -> None:
        """Keep a child, unless it is no more (`end` kills what is lent), or there are enough."""
        with self._changed:
            if child.alive and len(self._idle) < self._most:
                self._idle.append(child)
            else:
                child.end()
            self._lent.discard(child)
            self._changed.notify_all()

    def end(self) -> None:
        """End all of them, for good, and wait until they are no more."""
        with self._changed:
            self._ended = True
            while self._idle:
                self._idle.pop().end()
            for child in self._lent:
                child.kill()
            self._changed.wait_for(lambda: not self._lent, ENDING_SECONDS)

    def forget(self) -> None:
        """Let go of all of them, in a fork of this process: they are not its own."""
        for child in (*self._idle, *self._lent):
            child.forget()
        for child in self._idle:  # others may be locked by threads that are not here
            child.end()
        self._changed, self._idle, self._lent = Condition(), [], set()
