"""Probing in a process of its own, which may be ended.

A file of two kilobytes can declare tables of millions of samples; the demuxer then fills gigabytes
before it reads a single frame, in code that no thread can stop. So what strangers upload is looked at
by a child with a limit on memory and on time: a child that overruns is killed, the file is refused,
and the next one gets a new child. The child is started for the first file and kept.

A child says that it is ready before it is asked anything: one that does not is no matter of the file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Self

from nemovideo_fakeserver.media.probe import probe
from nemovideo_fakeserver.wire.messages import Probe, Unreadable

SECONDS = 20.0
STARTING_SECONDS = 60.0
"""Real seconds a child may take to load what it needs; far more than it does."""

MEMORY = 2 * 1024**3
"""Bytes of address space of the child, where the system can limit it."""

_READY = "ready\n"
_CHILD = f"import sys; sys.path.append(sys.argv[1]); from {__name__} import serve; serve()"
_ROOT = Path(__file__).parents[2]
"""The folder of our package, for the child of a parent that found it in a way of its own."""


class Inspector:
    """Probes files one at a time, each within `seconds`. Use as a context manager, or call `close`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._closed = Event()
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def probe(self, path: Path) -> Probe | Unreadable:
        """Look into the file at `path`, as `probe.probe` does; once closed, every file is refused.

        Raises OSError when there is no such file, RuntimeError when no child can be started.
        """
        path.stat()
        with self._lock:
            answer = self._asked(path)
            if not answer:
                self._end()
        if answer:
            said = json.loads(answer)
            return Unreadable(said["why"]) if "why" in said else Probe(**said)
        if self._closed.is_set():
            return Unreadable("The file cannot be looked into: the server is closing.")
        return Unreadable("The file cannot be used: looking into it takes too much time or memory.")

    def close(self) -> None:
        """End the child for good, whatever it is at."""
        self._closed.set()
        child = self._child  # without the lock, which is held for as long as a file is looked into
        if child is not None:
            child.kill()
        with self._lock:
            self._end()

    def _asked(self, path: Path) -> str:
        """Return the child's line, empty when it died or was killed before it answered."""
        child = self._running()
        if self._closed.is_set():
            return ""
        assert child.stdin is not None
        assert child.stdout is not None
        with _ended_after(self._seconds, child):
            try:
                child.stdin.write(json.dumps(str(path.absolute())) + "\n")
                child.stdin.flush()
                return child.stdout.readline()
            except BrokenPipeError:
                return ""

    def _running(self) -> subprocess.Popen[str]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._child = child = _started()
        assert child.stdout is not None
        if self._closed.is_set():  # `close` may have come too early to see this child
            child.kill()
        with _ended_after(STARTING_SECONDS, child):
            ready = child.stdout.readline() == _READY
        if not ready and not self._closed.is_set():
            raise RuntimeError(
                "no upload can be looked into, because the process for that does not start;"
                f" check the installation of {sys.executable}. It said: {self._end() or 'nothing'}"
            )
        return child

    def _end(self) -> str:
        """End the child, and return what it has said on its standard error."""
        child, self._child = self._child, None
        if child is None:
            return ""
        child.kill()
        return child.communicate()[1].strip()


@contextmanager
def _ended_after(seconds: float, child: subprocess.Popen[str]) -> Iterator[None]:
    timer = Timer(seconds, child.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _started() -> subprocess.Popen[str]:
    """Start a child that finds our package, and (`-P`) nothing that lies in the current folder."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        [sys.executable, "-P", "-c", _CHILD, str(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def serve() -> None:
    """Say `ready`, then answer each line (a path in JSON) with a line: the fields of what `probe` returns.

    Everything is loaded before, so that what is missing is said at once; afterwards nobody reads the
    standard error.
    """
    from nemovideo_fakeserver.media import glance  # noqa: F401 - PyAV takes 0.4 s to load, here only

    _limit_memory()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stderr.fileno())
    print(_READY, end="", flush=True)
    for line in sys.stdin:
        print(json.dumps(asdict(probe(Path(json.loads(line))))), flush=True)


def _limit_memory() -> None:
    try:
        import resource  # there is none on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
