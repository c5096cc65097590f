"""Whether a test has passed, for what is done after it."""

from __future__ import annotations

import pytest

_PASSED = pytest.StashKey[bool]()


def note(item: pytest.Item, report: pytest.TestReport) -> None:
    """Take note of a report: of its body, which comes only where the setup has passed."""
    if report.when == "call":
        item.stash[_PASSED] = report.passed


def has_passed(item: pytest.Item) -> bool:
    """Say whether the body of the test has passed, together with what is looked at at its end."""
    return item.stash.get(_PASSED, False)
