"""A pytest plugin that makes the fake a mutant for one run, and writes down which tests noticed.

`-p mutants.plugin --mutant NAME --mutant-report FILE`; without a name the fake stays healthy.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mutants.chapters import MUTANTS
from mutants.mutant import Mutant
from mutants.nearness import nearest_first
from mutants.surgery import Gone


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    group = parser.getgroup("mutants")
    group.addoption("--mutant", metavar="NAME", help="the fault to put into the fake")
    group.addoption("--mutant-report", metavar="FILE", help="where to write which tests failed")


def pytest_configure(config: pytest.Config) -> None:
    """Put the fault into the fake, before any test is collected."""
    mutant = _chosen(config.getoption("--mutant"))
    config.pluginmanager.register(Witness(mutant, config.getoption("--mutant-report")))
    if mutant is not None:
        life = ExitStack()
        config.add_cleanup(life.close)
        begin(mutant, life)


def begin(mutant: Mutant, life: ExitStack) -> None:
    """Let the fake be the mutant until the stack is closed; raises UsageError where it cannot be any more."""
    try:
        life.enter_context(mutant.alive())
    except Gone as gone:
        raise pytest.UsageError(f"{mutant.name} does not apply: {gone}") from None


def _chosen(name: str | None) -> Mutant | None:
    if name is None:
        return None
    for mutant in MUTANTS:
        if mutant.name == name:
            return mutant
    raise pytest.UsageError(f"there is no mutant {name!r}")


class Witness:
    """Notes which tests fail, and when; writes it down at the end."""

    def __init__(self, mutant: Mutant | None, report: str | None) -> None:
        self._mutant = mutant
        self._report = report
        self._begun = time.monotonic()
        self._failed: dict[str, dict[str, Any]] = {}
        self._passed = 0

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Run first what is about the same noun: it will fail, if anything does."""
        if self._mutant is not None:
            items[:] = nearest_first(self._mutant.chapter, items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure, in the test or around it."""
        self._passed += report.when == "call" and report.passed
        if report.failed:
            where = "" if report.when == "call" else f" ({report.when})"
            after = round(time.monotonic() - self._begun, 3)
            told = {"test": f"{report.nodeid}{where}", "after": after}
            self._failed.setdefault(report.nodeid, told)

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self) -> Iterator[None]:
        """Write down what was noticed."""
        yield
        if self._report:
            told = {"failed": list(self._failed.values()), "passed": self._passed}
            Path(self._report).write_text(json.dumps(told), encoding="utf-8")
