"""A history to be judged, and somebody in it."""

from __future__ import annotations

import pytest

from support.history import History, Person


@pytest.fixture
def history() -> History:
    """A world in which nothing has happened."""
    return History()


@pytest.fixture
def ann(history: History) -> Person:
    """Somebody with a token."""
    return history.person("ann")


@pytest.fixture
def session(ann: Person) -> str:
    """A session of hers."""
    return ann.session()
