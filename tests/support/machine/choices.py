"""What Hypothesis chooses from when it makes up a life, and when there is something to choose."""

from __future__ import annotations

from typing import Protocol

from hypothesis import strategies as st

from support.machine import casting
from support.machine.walk import Walk


class Living(Protocol):
    """A life that goes on."""

    @property
    def going(self) -> Walk:
        """The walk it takes."""
        ...


few = st.integers(0, 3)
some = st.integers(0, 7)
many = st.integers(0, 19)
clients = st.integers(0, 4)
bearers = st.sampled_from((0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 5, 6, 7))
"""Mostly a token that will do."""

faults = st.sampled_from(casting.FAULTS)
messages = st.sampled_from(casting.MESSAGES)


def sessions(life: Living) -> bool:
    """Say whether there is a session."""
    return bool(life.going.here.model.sessions)


def tokens(life: Living) -> bool:
    """Say whether there is a token, dead or alive."""
    return bool(life.going.here.model.tokens)


def people(life: Living) -> bool:
    """Say whether there is an account."""
    return bool(life.going.here.model.people)


def films(life: Living) -> bool:
    """Say whether a film has been ordered."""
    return bool(life.going.here.model.renders)


def readers(life: Living) -> bool:
    """Say whether somebody reads."""
    return bool(life.going.here.readers.open)
