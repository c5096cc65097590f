"""Probing in a process of its own, which may be ended.

A file of two kilobytes can declare tables of millions of samples; the demuxer then fills gigabytes
before it reads a single frame, in code that no thread can stop. So what strangers upload is looked at
by a child with a limit on memory and on time: a child that overruns is killed, the file is refused,
and the next one gets a new child. The child is started for the first file and kept.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock
from typing import Self

from nemovideo_fakeserver.media.children import serving
from nemovideo_fakeserver.media.children.child import Child, Gone, Killed
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.wire.messages import Probe, Unreadable

SECONDS = 20.0
LIMITS = serving.Limits(memory=2 * 1024**3, file=0, patience=0)
"""It writes nothing, and somebody waits for what it says."""


class Inspector:
    """Probes files one at a time, each within `seconds`. Use as a context manager, or call `close`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._closed = Event()
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def probe(self, path: Path) -> Probe | Unreadable:
        """Look into the file at `path`, as `probe.probe` does; once closed, every file is refused.

        Raises OSError when there is no such file, RuntimeError when no child can be started.
        """
        path.stat()
        question = json.dumps(str(path.absolute()))
        with self._lock:
            try:
                said = json.loads(self._running().ask(question, self._seconds))
            except Gone:
                return Unreadable(self._why())
        return Unreadable(said["why"]) if "why" in said else Probe(**said)

    def close(self) -> None:
        """End the child for good, whatever it is at."""
        self._closed.set()
        child = self._child  # without the lock, which is held for as long as a file is looked into
        if child is not None:
            child.kill()
        with self._lock:
            if self._child is not None:
                self._child.end()

    def _running(self) -> Child:
        if self._closed.is_set():
            raise Killed("the server is closing")
        if self._child is None or not self._child.alive:
            if self._child is not None:
                self._child.end()
            self._child = Child(__name__)
            if self._closed.is_set():  # `close` may have come too early to see this child
                self._child.kill()
        return self._child

    def _why(self) -> str:
        if self._closed.is_set():
            return "The file cannot be looked into: the server is closing."
        return "The file cannot be used: looking into it takes too much time or memory."


def serve() -> None:
    """Answer each line (a path in JSON) with a line: the fields of what `probe` returns."""
    serving.limit(LIMITS)
    from nemovideo_fakeserver.media.intake import glance  # noqa: F401 - PyAV takes 0.4 s to load, here only

    serving.serve(lambda line: json.dumps(asdict(probe(Path(json.loads(line))))))
