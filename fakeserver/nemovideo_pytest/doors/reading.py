"""How a stream behind a network is read in virtual time: when to read on, when to let time pass.

A generator of commands, so that the sync and the async body share it and differ in how they obey.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import TypeAlias

import httpx

from nemovideo_pytest.doors.written import Written


@dataclass(frozen=True, slots=True)
class Read:
    """Read the next piece off the network, and send it in; None at the end."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time pass until `deadline`."""

    deadline: float


@dataclass(frozen=True, slots=True)
class Change:
    """Wait, by a call that blocks, until the server has moved on."""

    wait: Callable[[], None]


Command: TypeAlias = bytes | Read | Wait | Change
"""What a body has to do next; bytes go to the reader."""

Commands: TypeAlias = Generator[Command, bytes | None, None]


def reading(record: Written, now: Callable[[], float], patience: float) -> Commands:
    """Say what to do to read a stream; `patience` is the read timeout in virtual seconds.

    Raises `httpx.ReadTimeout` where a real wait would have, and at once for one that would never end.
    """
    got, gives_up = 0, now() + patience
    while True:
        state = record.state
        if state.stalls and got == state.sent:
            if patience < inf:
                yield Wait(gives_up)
            raise httpx.ReadTimeout("the stream stalls for ever")
        if got < state.sent or state.over:
            piece = yield Read()
            if piece is None:
                return
            got += len(piece)
            yield piece
            gives_up = now() + patience
        elif state.until is not None and state.until > now():
            yield Wait(min(state.until, gives_up))
            if state.until > gives_up:
                raise httpx.ReadTimeout(f"no piece came for {patience:g} virtual seconds")
        else:
            yield Change(partial(record.await_change, state))


def following(steps: Commands, answer: bytes | None) -> Command | None:
    """Return the next command, None after the last."""
    try:
        return steps.send(answer)
    except StopIteration:
        return None
