"""How long an in-process reader bears that nothing comes, and what it meets in the end.

Time here is virtual, and httpx's read timeout is counted on it: when silence would be longer, time passes
by the timeout and `httpx.ReadTimeout` is raised. A `stall` without a read timeout raises it at once: a
real client would hang for ever, a test must not.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TypeAlias

import httpx

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import Delayed
from nemovideo_fakeserver.wire.steps import Cut

Wait: TypeAlias = tuple[Clock, float]
"""A time on a clock, to be waited for before the next thing is asked for."""

NO_HEAD = "Server disconnected without sending a response."
NO_LAST_CHUNK = (
    "peer closed connection without sending complete message body (incomplete chunked read)"
)


class Silence:
    """Bears `patience` virtual seconds in which nothing comes, however many waits they are made of."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._clock: Clock | None = None
        self._gives_up = inf

    def end(self) -> None:
        """Note that something came."""
        self._clock = None

    def until(self, clock: Clock, deadline: float) -> Iterator[Wait]:
        """Yield the wait for `deadline`; raises `httpx.ReadTimeout` after one that is not long enough."""
        gives_up = self._begun(clock)
        yield clock, min(deadline, gives_up)
        if deadline > gives_up:
            raise httpx.ReadTimeout(f"no piece came for {self._patience:g} virtual seconds")

    def broken(self, cut: Cut, clock: Clock | None, unfinished: str) -> Iterator[Wait]:
        """Yield the wait for what a reader meets at `cut`, and raise it.

        Raises `httpx.ReadTimeout`, `httpx.ReadError`, or `httpx.RemoteProtocolError` that says `unfinished`.
        """
        if cut.how == "stall":
            if clock is not None and self._patience < inf:
                yield clock, self._begun(clock)
            raise httpx.ReadTimeout("the stream stalls for ever")
        if cut.how == "reset":
            raise httpx.ReadError("the peer reset the connection")
        raise httpx.RemoteProtocolError(unfinished)

    def before(self, body: Delayed | Cut) -> Iterator[Wait]:
        """Yield the wait for the head of a reply with `body`; raises what a reader meets instead of it."""
        if isinstance(body, Delayed):
            return self.until(body.clock, body.until)
        return self.broken(body, body.clock, NO_HEAD)

    def _begun(self, clock: Clock) -> float:
        """Return when patience ends; it begins with the first wait after something came."""
        if clock is not self._clock:
            self._clock, self._gives_up = clock, clock.now() + self._patience
        return self._gives_up
