"""Client and fake together: the fixture `house`, and the marks of these tests."""

from __future__ import annotations

import pytest

from support.together.targets import MARKERS, house

__all__ = ["house"]


def pytest_configure(config: pytest.Config) -> None:
    """Make the suite's markers known."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
