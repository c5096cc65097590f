"""The till of a run: made when it is first needed, and told of at the end."""

from __future__ import annotations

import pytest

from nemovideo_pytest.remote.till import Till
from nemovideo_pytest.settings import Settings


class Spending:
    """A plugin of one run that may reach the live service; at its end it says what that has cost."""

    NAME = "nemo-spending"

    def __init__(self, till: Till) -> None:
        self.till = till

    def pytest_sessionfinish(self) -> None:
        """Ask what was spent while there is still somebody to ask."""
        self.till.settle()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was spent."""
        terminalreporter.write_line(f"NemoVideo, live: {self.till.account()}")


def till_of(config: pytest.Config, url: str) -> Till:
    """Return the till of this run against the live service at `url`."""
    known = config.pluginmanager.get_plugin(Spending.NAME)
    if isinstance(known, Spending):
        return known.till
    till = Till(url, Settings(config).number("budget", 0.0))
    config.pluginmanager.register(Spending(till), Spending.NAME)
    return till
