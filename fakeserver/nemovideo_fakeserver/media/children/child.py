"""A process of our own making that may be ended at any moment.

What may hang, crash or fill the memory runs in such a child and not in the process that serves. A child
runs our own interpreter and one module of ours. It says that it is ready before it is asked
anything: one that does not is no matter of what it would have been asked. Then it answers lines with
lines, until it is killed or its parent is gone (`serving` is its side of this).

Gone
├── Killed    somebody here ended it
├── Overran   it took too long, and was ended for that
└── Died      it ended by itself, or was ended by its limits or by somebody else
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

READY = "ready"
STARTING_SECONDS = 60.0
"""Real seconds a child may take to load what it needs; far more than it does."""

_ROOT = Path(__file__).parents[3]
"""The folder of our package, for the child of a parent that found it in a way of its own."""

_CODE = "import sys; sys.path.append(sys.argv[1]); from {module} import serve; serve()"


class Gone(Exception):
    """There is no child any more to answer."""


class Killed(Gone):
    """Somebody here ended the child."""


class Overran(Gone):
    """The child took longer than it was given."""


class Died(Gone):
    """The child ended before it had answered."""


class Child:
    """A process that runs `serve` of a module of ours, named in full. One thread at a time may ask it."""

    def __init__(self, module: str) -> None:
        self._gone: Gone | None = None
        self._ready = False
        self._process = _started(_CODE.format(module=module))

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._gone is None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def ask(self, line: str, seconds: float) -> str:
        """Return the answer to a line, which the child has real `seconds` to give.

        Raises `Gone`, after which no process is left, and RuntimeError when the child does not start.
        """
        if self._gone is not None:
            raise self._gone
        if not self._ready:
            self._await()
        answer = self._answer(line, seconds)
        if answer is None:
            self.end()
            self._gone = self._gone or Died(f"it ended with the status {self._process.returncode}")
            raise self._gone
        return answer

    def kill(self) -> None:
        """End it at once, from any thread; who waits for an answer gets `Killed`."""
        self._kill(Killed("it was killed"))

    def end(self) -> str:
        """End it, wait until it is no more, and return what it said on its standard error."""
        self._process.kill()
        return self._process.communicate()[1].strip()

    def forget(self) -> None:
        """Let go of it in a fork of its parent: there it is as if it had ended, and its pipes are not held open."""
        silence = os.open(os.devnull, os.O_RDWR)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None and not pipe.closed:
                os.dup2(silence, pipe.fileno(), inheritable=False)
        os.close(silence)
        self._process.returncode = 0

    def _await(self) -> None:
        assert self._process.stdout is not None
        with self._ended_after(STARTING_SECONDS):
            self._ready = self._process.stdout.readline() == READY + "\n"
        if self._ready:
            return
        said = self.end()
        if self._gone is not None:
            raise self._gone
        raise RuntimeError(
            "a process that works on media does not start;"
            f" check the installation of {sys.executable}. It said: {said or 'nothing'}"
        )

    def _answer(self, line: str, seconds: float) -> str | None:
        """Return the child's line without its end; None when it broke off."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._ended_after(seconds):
            try:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
                answer = self._process.stdout.readline()
            except OSError:  # nobody listens any more
                return None
        return answer[:-1] if answer.endswith("\n") else None

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        timer = Timer(seconds, self._kill, [Overran(f"it took more than {seconds:g} seconds")])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill(self, gone: Gone) -> None:
        if self._gone is None:
            self._gone = gone
        self._process.kill()


def _started(code: str) -> subprocess.Popen[str]:
    """Start a child that finds our package, and (`-P`) nothing that lies in the current folder.

    It inherits no descriptor, and computes in one thread: a second would take a core from those who serve.
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        [sys.executable, "-P", "-c", code, str(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="ascii",
        errors="backslashreplace",
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
