"""Runs the contract suite of `nemovideo_pytest` here: its fixture, its markers, its assertions explained."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.targets import MARKERS, house

__all__ = ["house"]


def pytest_configure(config: pytest.Config) -> None:
    """Make the suite's markers known."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
