"""A look at a served replay from a shell: `GET /__proxy__/health` and `GET /__proxy__/unplayed`.

For this machine alone: a request under another host name, or from a page of another origin, is refused.
"""

from __future__ import annotations

import ipaddress
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Brain,
    Head,
    Probe,
    Reply,
    Request,
    Unreadable,
)
from nemovideo_proxy.replay.replay import Replay

PREFIX = "/__proxy__/"


class Inspected:
    """Passes everything on to `brain`, but for what is asked about `replay`."""

    def __init__(self, brain: Brain, replay: Replay) -> None:
        self._brain = brain
        self._replay = replay

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        return self._brain.spool

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Answer what is asked about the replay, and leave all else to the brain."""
        if not head.path.startswith(PREFIX):
            return self._brain.admit(head)
        if not _is_here(head.base) or not _is_here(head.header("origin") or head.base):
            return _json(403, {"refused": "this is for programs on this machine: use 127.0.0.1"})
        return self._told(head.path.removeprefix(PREFIX))

    def dispatch(self, request: Request) -> Reply:
        """Leave a whole request to the brain."""
        return self._brain.dispatch(request)

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Leave a file to the brain."""
        return self._brain.inspect(path)

    def _told(self, asked: str) -> Reply:
        replay = self._replay
        if asked == "health":
            played, missed = len(replay.player.played), len(replay.misses)
            return _json(200, {"replays": True, "played": played, "misses": missed})
        if asked == "unplayed":
            left = [{"request": str(each), "where": each.where} for each in replay.unplayed()]
            return _json(200, {"unplayed": left})
        return _json(404, {"unknown": asked, "known": ["health", "unplayed"]})


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _json(status: int, said: dict[str, Any]) -> Reply:
    headers = (("Content-Type", "application/json"), ("X-Nemo-Proxy", "inspector"))
    return Reply(status=status, headers=headers, body=json.dumps(said).encode() + b"\n")
