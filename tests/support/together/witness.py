"""A brain before another brain, which writes down every exchange with its outcome, and changes nothing."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import (
    Body,
    BodyPlan,
    Brain,
    Head,
    Probe,
    Reply,
    Request,
    Unreadable,
)


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and what came of it: `status` None for a lost one, `code` the business code or 0.

    `at` is virtual time; `body` is empty where the head alone was refused.
    """

    head: Head
    at: float
    body: Body = b""
    status: int | None = None
    code: int = 0

    @property
    def path(self) -> str:
        """The path without its query."""
        return self.head.path

    @property
    def answered(self) -> bool:
        """Whether the service gave an answer that says what it did."""
        return self.status is not None and self.status < 500

    def json(self) -> Any:
        """Return the JSON value of the body."""
        assert isinstance(self.body, bytes), f"{self.body!r} is no JSON"
        return json.loads(self.body)

    def end(self, reply: Reply) -> Reply:
        """Write down the reply, and pass it on."""
        self.status = reply.status
        if isinstance(reply.body, bytes) and reply.body.startswith(b'{"code":'):
            self.code = json.loads(reply.body)["code"]
        return reply


class Witness:
    """Stands before `brain`; `clock` is the world's."""

    def __init__(self, brain: Brain, clock: Clock) -> None:
        self._brain = brain
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[int, Exchange] = {}
        self.exchanges: list[Exchange] = []

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        return self._brain.spool

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer as the brain does."""
        exchange = Exchange(head=head, at=self._clock.now())
        with self._lock:
            self.exchanges.append(exchange)
        answer = self._brain.admit(head)
        if isinstance(answer, Reply):
            return exchange.end(answer)
        with self._lock:
            self._open[id(head)] = exchange
        return answer

    def dispatch(self, request: Request) -> Reply:
        """Answer as the brain does."""
        with self._lock:
            exchange = self._open.pop(id(request.head))
        exchange.body = request.body
        return exchange.end(self._brain.dispatch(request))

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into a spooled file as the brain does."""
        return self._brain.inspect(path)
