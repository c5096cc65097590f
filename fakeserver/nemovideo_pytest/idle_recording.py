"""A run that was told to record, and in which no test had a cassette: it says so at its end."""

from __future__ import annotations

import pytest

from nemovideo_pytest.settings import Settings

MARK = "nemo_cassette"


class IdleRecording:
    """A plugin of one run that is to record; `told` is how it was told so."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._cassettes: set[bool] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at the marks of a test; the reports of xdist's workers have them, too."""
        self._cassettes.add(MARK in report.keywords)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say that nothing was recorded."""
        if self._cassettes == {False}:
            terminalreporter.write_line(
                f"NemoVideo: {self._told} recorded nothing, for no test of this run has a cassette: add"
                f" --nemo-target=cassette, or mark tests with {MARK}"
            )


def watch(config: pytest.Config) -> None:
    """Watch a run that is told to record by who starts it; an ini file says it for whenever there is a mark."""
    settings = Settings(config)
    where, texts = settings.given("record")
    if settings.text("record", "none") == "none" or settings.text("target") == "cassette":
        return
    if where.startswith(("--", "NEMO_")):
        config.pluginmanager.register(IdleRecording(f"{where}={texts[0]}"))
