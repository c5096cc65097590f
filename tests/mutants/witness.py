"""Notes which tests of a run fail, and when."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


class Witness:
    """A pytest plugin that writes what it noted into a file when the run is over."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self._begun = time.monotonic()
        self._failed: dict[str, dict[str, Any]] = {}
        self._passed = 0

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
        """Write it down."""
        yield
        told = {"failed": list(self._failed.values()), "passed": self._passed}
        self._report.write_text(json.dumps(told), encoding="utf-8")
