from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Head,
    Probe,
    Reply,
    Request,
    Spooled,
    Stream,
    Unreadable,
)
from nemovideo_fakeserver.wire.steps import Steps


@dataclass
class Toy:
    """A brain of a few lines: what it says to a path is what a test tells it to.

    `at_head` answers from the head (or says how to read the body), `at_body` from the whole request;
    any other path is answered 200 with the body `seen`.
    """

    spool: Path
    clock: Clock
    at_head: dict[str, Reply | BodyPlan | Callable[[], Reply]] = field(default_factory=dict)
    at_body: dict[str, Reply] = field(default_factory=dict)
    heads: list[Head] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    held: list[bytes] = field(default_factory=list)

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Note the head and answer."""
        self.heads.append(head)
        answer = self.at_head.get(head.path, Reply(body=b"seen"))
        return answer() if callable(answer) else answer

    def dispatch(self, request: Request) -> Reply:
        """Note the request, and what its files hold, and answer."""
        self.requests.append(request)
        if isinstance(request.body, Spooled):
            self.held += [part.path.read_bytes() for part in request.body.parts]
        return self.at_body.get(request.head.path, Reply(body=b"seen"))

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Say what the file begins with."""
        return Unreadable(path.read_bytes()[:5].decode("latin-1"))

    def streams(self, path: str, steps: Steps, clock: Clock | None = None) -> None:
        """Answer `path` with a stream of events."""
        self.at_head[path] = Reply(
            headers=(("Content-Type", "text/event-stream"),),
            body=Stream(clock=clock or self.clock, steps=steps),
        )

    def reads(self, path: str, limit: int = 1000, file_limit: int | None = None) -> None:
        """Read the body at `path`."""
        self.at_head[path] = BodyPlan(limit=limit, file_limit=file_limit, clock=self.clock)


@pytest.fixture
def toy(tmp_path: Path) -> Iterator[Toy]:
    """A toy brain whose clock jumps by itself; afterwards nothing may be left in its spool."""
    made = Toy(spool=tmp_path, clock=Clock(autojump=True))
    yield made
    assert list(tmp_path.iterdir()) == []
