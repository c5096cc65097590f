"""Somebody who has just installed the package, and writes tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import dedent

import pytest

PLUGIN = ("-p", "no:nemovideo", "-p", "nemovideo_pytest.plugin", "-p", "no:cacheprovider")
"""Loads it by its name, for the environment may have it as an entry point, or not."""

BEGIN = """
import asyncio, os, subprocess, sys, unittest
import httpx, pytest
from nemovideo_fakeserver import verify
"""


@dataclass(frozen=True, slots=True)
class Suite:
    """A test suite; each run is a pytest of its own. `plugins` are other plugins that it has."""

    pytester: pytest.Pytester
    plugins: list[str] = field(default_factory=list)

    def run(self, tests: str, *flags: str) -> pytest.RunResult:
        """Run tests in this process: soon over, but warnings at its exit are not seen.

        Ours makes errors of all warnings, a newcomer's pytest does not; and ours knows the plugin already.
        """
        self.write(tests)
        filters = ("-W", "default", "-W", "ignore::pytest.PytestAssertRewriteWarning")
        return self.pytester.runpytest_inprocess(*self._flags(), *filters, *flags)

    def run_apart(self, tests: str, *flags: str) -> pytest.RunResult:
        """Run tests in a process of their own."""
        self.write(tests)
        return self.pytester.runpytest_subprocess(*self._flags(), *flags)

    def write(self, tests: str, name: str = "test_mine") -> None:
        """Write tests into a file."""
        self.pytester.makepyfile(**{name: BEGIN + dedent(tests)})

    def _flags(self) -> tuple[str, ...]:
        return (*PLUGIN, *(word for plugin in self.plugins for word in ("-p", plugin)))


def passed(result: pytest.RunResult, number: int = 1) -> None:
    """Hold that so many tests have passed, and nothing else has happened."""
    result.assert_outcomes(passed=number)


def text(result: pytest.RunResult) -> str:
    """Return what was printed."""
    return result.stdout.str()
