"""One run of the suite in a process of its own, against the healthy fake or a mutant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal

from mutants.mutant import Mutant

SUITE = ("--pyargs", "nemovideo_pytest.contract")
"""What pytest is asked to run."""
PLUGIN = "nemovideo_pytest.plugin"
PATIENCE = 600.0
"""Seconds after which a run is given up."""

TESTS = Path(__file__).parent.parent

Fate = Literal["caught", "survived", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one run: tests that failed, the first of them first, and how many passed.

    `fate` is `error` where no test decided: the mutant does not apply, the suite cannot be collected, or
    the run hung. `log` is what pytest said, `seconds` how long it took; `after` when the first test failed.
    """

    fate: Fate
    failed: tuple[str, ...]
    passed: int
    seconds: float
    after: float
    log: str

    @property
    def blast(self) -> float:
        """The share of tests that failed, from 0 to 1."""
        ran = len(self.failed) + self.passed
        return len(self.failed) / ran if ran else 0.0


def run(
    mutant: Mutant | None, reading: str, *, to_the_end: bool, suite: Sequence[str] = SUITE
) -> Run:
    """Run a suite under a reading; without `to_the_end` only up to the first test that fails."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        Path(folder, "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        command = _command(suite, mutant, reading, report)
        command += [] if to_the_end else ["-x"]
        try:
            ran = subprocess.run(
                command,
                cwd=folder,
                env=_environment(),
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            hung = f"the run was given up after {PATIENCE:g} seconds"
            return _judged(2, {}, PATIENCE, hung)
        told = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return _judged(ran.returncode, told, time.monotonic() - begun, ran.stdout + ran.stderr)


def readings(mutant: Mutant) -> tuple[str, ...]:
    """Return the readings under which a suite has to see a mutant: the defaults, or else the preset it is about.

    A suite asks for other readings by itself, in tests that are about them.
    """
    return ("", mutant.reading) if mutant.reading.startswith("preset=") else ("",)


def tried(mutant: Mutant, *, to_the_end: bool, suite: Sequence[str] = SUITE) -> Run:
    """Run a suite against a mutant, under one reading after the other until it is caught."""
    for reading in readings(mutant):
        ran = run(mutant, reading, to_the_end=to_the_end, suite=suite)
        if ran.fate != "survived":
            break
    return ran


def _judged(code: int, told: Mapping[str, Any], seconds: float, log: str) -> Run:
    failed = told.get("failed", ())
    fates: dict[tuple[int, bool], Fate] = {(0, False): "survived", (1, True): "caught"}
    return Run(
        fate=fates.get((code, bool(failed)), "error"),
        failed=tuple(test["test"] for test in failed),
        passed=told.get("passed", 0),
        seconds=seconds,
        after=failed[0]["after"] if failed else 0.0,
        log=log,
    )


def _command(suite: Sequence[str], mutant: Mutant | None, reading: str, report: Path) -> list[str]:
    """Return the command that a user would give, with the mutant beside it."""
    command = [sys.executable, "-m", "pytest", *suite, "-p", "mutants.plugin"]
    command += ["-q", "-p", "no:cacheprovider", "--tb=short", "--nemo-judge=off"]
    command += [f"--mutant-report={report}"]
    if PLUGIN not in {plugin.value for plugin in entry_points(group="pytest11")}:
        command += ["-p", PLUGIN]
    if mutant is not None:
        command += [f"--mutant={mutant.name}"]
    return command + [f"--nemo-variant={word}" for word in reading.split()]


def _environment() -> dict[str, str]:
    path = os.pathsep.join(p for p in (str(TESTS), os.environ.get("PYTHONPATH", "")) if p)
    return {**os.environ, "PYTHONPATH": path}
