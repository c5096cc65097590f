"""A pytest plugin that collects a suite once, and runs it in a process of its own for each mutant.

Law: what is forked is pytest with everything imported and nothing yet run. The child becomes the mutant and
goes on as if it had been alone; the parent tells, a line of JSON for each child, how it ended, and runs
nothing itself. The first child is the healthy fake: where it fails, there are no others.
"""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import pytest

from mutants.chapters import named
from mutants.mutant import Mutant
from mutants.nearness import nearest_first
from mutants.plugin import begin
from mutants.surgery import Gone
from mutants.witness import Witness

PATIENCE = 300.0
"""Seconds after which a child is ended."""
GLANCE = 0.02
"""Seconds between two looks at the children."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("mutants")
    group.addoption("--mutants", nargs="*", default=[], metavar="NAME", help="faults to try")
    group.addoption("--mutants-at-once", type=int, default=1, metavar="N", help="processes")
    group.addoption("--mutants-all", action="store_true", help="run all tests for each of them")
    group.addoption("--mutants-tell", type=int, metavar="FD", help="where to tell what became")
    group.addoption("--mutants-notes", type=Path, metavar="DIR", help="a folder for notes")


def pytest_configure(config: pytest.Config) -> None:
    """Take the place of the loop that runs the tests."""
    if config.getoption("--mutants-tell") is not None:
        config.pluginmanager.register(Forks(config))


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process that runs the suite against a mutant, or against the healthy fake."""

    name: str
    notes: Path
    begun: float

    @property
    def log(self) -> Path:
        """What pytest says in it."""
        return self.notes / f"{self.name or 'healthy'}.log"

    @property
    def report(self) -> Path:
        """Which tests failed."""
        return self.notes / f"{self.name or 'healthy'}.json"


class Forks:
    """The loop: a child for each mutant, so many at once."""

    def __init__(self, config: pytest.Config) -> None:
        option = config.getoption
        self._mutants = [named(name) for name in option("--mutants")]
        self._at_once: int = option("--mutants-at-once")
        self._all: bool = option("--mutants-all")
        self._notes: Path = option("--mutants-notes")
        self._tell: TextIO = os.fdopen(option("--mutants-tell"), "w", buffering=1)
        self._children: dict[int, Child] = {}
        self._life = ExitStack()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run nothing but children; in a child, let pytest go on."""
        if session.testsfailed:
            return None
        if self._forked(session, None):
            return None
        if self._ended() != 0:
            return True
        for mutant in self._mutants:
            while len(self._children) >= self._at_once:
                self._ended()
            if self._forked(session, mutant):
                return None
        while self._children:
            self._ended()
        return True

    def _forked(self, session: pytest.Session, mutant: Mutant | None) -> bool:
        """Begin a child, and say whether this is it."""
        child = Child(name=mutant.name if mutant else "", notes=self._notes, begun=time.monotonic())
        pid = os.fork()
        if pid:
            self._children[pid] = child
            return False
        self._become(session, mutant, child)
        return True

    def _become(self, session: pytest.Session, mutant: Mutant | None, child: Child) -> None:
        with child.log.open("wb") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        session.config.pluginmanager.register(Witness(child.report))
        if mutant is None:
            return
        session.config.option.maxfail = 0 if self._all else 1
        session.items[:] = nearest_first(mutant.chapter, session.items)
        try:
            begin(mutant, self._life)  # which ends with the process
        except Gone as gone:
            pytest.exit(str(gone), returncode=pytest.ExitCode.USAGE_ERROR)

    def _ended(self) -> int:
        """Wait for a child, tell how it ended, and return its exit code; who takes too long is ended."""
        while True:
            for pid, child in self._children.items():
                late = time.monotonic() - child.begun > PATIENCE
                if late:
                    os.kill(pid, signal.SIGKILL)
                ended, status = os.waitpid(pid, 0 if late else os.WNOHANG)
                if ended:
                    del self._children[pid]
                    code = os.waitstatus_to_exitcode(status)
                    self._told(child, code)
                    return code
            time.sleep(GLANCE)

    def _told(self, child: Child, code: int) -> None:
        told: dict[str, Any] = {
            "name": child.name,
            "code": code,
            "seconds": round(time.monotonic() - child.begun, 3),
            "log": child.log.read_text(encoding="utf-8", errors="replace"),
            "failed": [],
            "passed": 0,
        }
        if child.report.exists():
            told |= json.loads(child.report.read_text(encoding="utf-8"))
        print(json.dumps(told), file=self._tell)
