"""The contract suite, run as somebody would who has installed it: in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nemovideo_pytest.settings import SETTINGS
from support.newcomer import PLUGIN

SUITE = "nemovideo_pytest.contract"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: its code, what it printed, and how many tests came out how."""

    code: int
    printed: str

    @property
    def outcomes(self) -> dict[str, int]:
        """The last line: `passed`, `failed`, `skipped`, `deselected`, `warnings`."""
        last = self.printed.rstrip().rpartition("\n")[2]
        return {what: int(number) for number, what in re.findall(r"(\d+) ([a-z]+)", last)}


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which nothing is chosen and no other plugin is loaded."""
    ours = {setting.variable for setting in SETTINGS} | {"PYTEST_ADDOPTS"}
    kept = {n: v for n, v in os.environ.items() if n not in ours and not n.startswith("NEMO_")}
    path = ":".join(filter(None, sys.path))
    return {**kept, "PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **more}


def judge(where: Path, *flags: str, chapters: tuple[str, ...] = (), **more: str) -> Ran:
    """Run the contract in the folder `where`, all of it or some chapters; any warning is an error."""
    asked = [f"{SUITE}.test_{chapter}" for chapter in chapters] or [SUITE]
    ran = subprocess.run(
        (
            *(sys.executable, "-m", "pytest", *PLUGIN, "-q", "-W", "error"),
            *("--strict-markers", "--tb=short", *flags, "--pyargs", *asked),
        ),
        cwd=where,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout + ran.stderr)


def collected(where: Path, *flags: str) -> list[dict[str, Any]]:
    """Return every test of the contract, with its id, its sentence and its marks."""
    into = where / "collected.json"
    ran = judge(where, "--collect-only", "-p", "support.collected", *flags, COLLECTED=str(into))
    assert ran.code == 0, ran.printed
    told: list[dict[str, Any]] = json.loads(into.read_text(encoding="utf-8"))
    return told


@contextmanager
def served(*flags: str) -> Iterator[str]:
    """Serve a fake in a process of its own, ten minutes a second; gives its URL."""
    command = (sys.executable, "-m", "nemovideo_fakeserver", "serve")
    with subprocess.Popen(
        (*command, "--port", "0", "--rate", "600", "--json", *flags),
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline())["url"]
        finally:
            server.terminate()
