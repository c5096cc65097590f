"""The suite against the healthy fake and then against mutants, and what came of each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal

from mutants.mutant import Mutant

SUITE = ("--pyargs", "nemovideo_pytest.contract")
"""What pytest is asked to run."""
PLUGIN = "nemovideo_pytest.plugin"
TESTS = Path(__file__).parent.parent

Fate = Literal["caught", "survived", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one run: tests that failed, the first of them first, and how many passed.

    `fate` is `error` where no test decided: the mutant does not apply, or the run hung or broke down. `log` is
    what pytest said, `seconds` how long it took; `after` when the first test failed.
    """

    fate: Fate
    failed: tuple[str, ...] = ()
    passed: int = 0
    seconds: float = 0.0
    after: float = 0.0
    log: str = ""

    @property
    def blast(self) -> float:
        """The share of tests that failed, from 0 to 1."""
        ran = len(self.failed) + self.passed
        return len(self.failed) / ran if ran else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How a suite is checked: under which `variants`, so many processes `at_once`.

    With `to_the_end` all tests are run for each mutant, else those up to the first that fails.
    """

    suite: Sequence[str] = SUITE
    variants: Sequence[str] = ()
    at_once: int = 2
    to_the_end: bool = False

    def runs(self, mutants: Iterable[Mutant]) -> Iterator[tuple[str, Run]]:
        """Yield what came of the healthy fake, whose name is "", and of the mutants as they end.

        Where the suite fails with a healthy fake, or cannot be collected, that is all.
        """
        with tempfile.TemporaryDirectory() as folder:
            notes, log = Path(folder), Path(folder, "pytest.log")
            (notes / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
            heard, tell = os.pipe()
            command = self._command([mutant.name for mutant in mutants], tell, notes)
            with (
                log.open("wb") as said,
                subprocess.Popen(
                    command,
                    cwd=folder,
                    env=_environment(),
                    stdout=said,
                    stderr=subprocess.STDOUT,
                    pass_fds=(tell,),
                ),
                os.fdopen(heard, encoding="utf-8") as lines,
            ):
                os.close(tell)
                begun = False
                for line in lines:
                    begun = True
                    told = json.loads(line)
                    yield told["name"], _judged(told)
            if not begun:
                yield "", Run(fate="error", log=log.read_text(encoding="utf-8", errors="replace"))

    def _command(self, names: Sequence[str], tell: int, notes: Path) -> list[str]:
        """Return the command that a user would give, with the forks beside it."""
        command = [sys.executable, "-m", "pytest", *self.suite, "-p", "mutants.forks"]
        # -s: a child of a process whose output is captured would write into that
        command += ["-q", "-s", "-p", "no:cacheprovider", "--tb=short", "--nemo-judge=off"]
        if PLUGIN not in {plugin.value for plugin in entry_points(group="pytest11")}:
            command += ["-p", PLUGIN]
        command += [f"--nemo-variant={word}" for word in self.variants]
        command += [f"--mutants-tell={tell}", f"--mutants-notes={notes}"]
        command += [f"--mutants-at-once={self.at_once}"]
        command += ["--mutants-all"] if self.to_the_end else []
        return [*command, "--mutants", *names]


def _judged(told: Mapping[str, Any]) -> Run:
    failed = told["failed"]
    fates: dict[tuple[int, bool], Fate] = {(0, False): "survived", (1, True): "caught"}
    return Run(
        fate=fates.get((told["code"], bool(failed)), "error"),
        failed=tuple(test["test"] for test in failed),
        passed=told["passed"],
        seconds=told["seconds"],
        after=failed[0]["after"] if failed else 0.0,
        log=told["log"],
    )


def _environment() -> dict[str, str]:
    path = os.pathsep.join(p for p in (str(TESTS), os.environ.get("PYTHONPATH", "")) if p)
    return {**os.environ, "PYTHONPATH": path}
