"""Probing in a process of its own, which may be ended.

A file of two kilobytes can declare tables of millions of samples; the demuxer then fills gigabytes
before it reads a single frame, in code that no thread can stop. So what strangers upload is looked at
by a child with a limit on memory and on time: a child that overruns is killed, the file is refused,
and the next one gets a new child. The child is started for the first file and kept.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import Lock, Timer
from typing import Self

from nemovideo_fakeserver.media.probe import probe
from nemovideo_fakeserver.wire.messages import Probe, Unreadable

SECONDS = 20.0
MEMORY = 2 * 1024**3
"""Bytes of address space of the child, where the system can limit it."""


class Inspector:
    """Probes files one at a time, each within `seconds`. Use as a context manager, or call `close`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def probe(self, path: Path) -> Probe | Unreadable:
        """Look into the file at `path`, as `probe.probe` does. Raises OSError when there is none."""
        path.stat()
        with self._lock:
            answer = self._asked(path)
            if not answer:
                self._end()
                return Unreadable(
                    "The file cannot be used: looking into it takes too much time or memory."
                )
        said = json.loads(answer)
        return Unreadable(said["why"]) if "why" in said else Probe(**said)

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _asked(self, path: Path) -> str:
        """Return the child's line, empty when it died or was killed before it answered."""
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = _started()
        child = self._child
        assert child.stdin is not None
        assert child.stdout is not None
        timer = Timer(self._seconds, child.kill)
        timer.start()
        try:
            child.stdin.write(json.dumps(str(path.absolute())) + "\n")
            child.stdin.flush()
            return child.stdout.readline()
        except BrokenPipeError:
            return ""
        finally:
            timer.cancel()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _serve() -> None:
    """Answer each line (a path in JSON) with a line: the fields of what `probe` returns."""
    _limit_memory()
    for line in sys.stdin:
        print(json.dumps(asdict(probe(Path(json.loads(line))))), flush=True)


def _limit_memory() -> None:
    try:
        import resource  # there is none on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _serve()
