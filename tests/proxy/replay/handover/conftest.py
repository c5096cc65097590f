from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import BodyPlan, Head, Probe, Reply, Request, Unreadable
from nemovideo_proxy.replay.handover.forwarding import Forwarder

LIMIT = 2**20


@dataclass
class Passage:
    """A brain that lets another server answer everything."""

    spool: Path
    clock: Clock
    forwarder: Forwarder
    target: str

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Ask for the body."""
        files = "multipart" in (head.header("content-type") or "")
        return BodyPlan(limit=LIMIT, clock=self.clock, file_limit=LIMIT if files else None)

    def dispatch(self, request: Request) -> Reply:
        """Pass it on."""
        return self.forwarder.reply(request, lambda: self.target)

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look at nothing."""
        return Unreadable("it is passed on as it is")


@pytest.fixture
def passage(tmp_path: Path) -> Iterator[Passage]:
    """A brain that passes everything on to where a test says."""
    clock = Clock(autojump=True)
    forwarder = Forwarder(clock)
    yield Passage(tmp_path, clock, forwarder, "")
    forwarder.close()
