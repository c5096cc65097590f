"""A player behind mitmproxy: the URL by which a client knows the proxy is not the one by which it is reached here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Brain,
    Head,
    Probe,
    Reply,
    Request,
    Unreadable,
)
from nemovideo_proxy.recording.marked import MARK

BASE = f"{MARK}-Base"
"""The header in which that URL comes. It goes no further."""


class KnownAs:
    """Passes everything on to `brain`, with the URL that BASE says."""

    def __init__(self, brain: Brain) -> None:
        self._brain = brain

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        return self._brain.spool

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Ask the brain."""
        return self._brain.admit(_as_known(head))

    def dispatch(self, request: Request) -> Reply:
        """Ask the brain."""
        return self._brain.dispatch(replace(request, head=_as_known(request.head)))

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Ask the brain."""
        return self._brain.inspect(path)


def _as_known(head: Head) -> Head:
    base = head.header(BASE.lower())
    if base is None:
        return head
    kept = tuple((name, value) for name, value in head.headers if name != BASE.lower())
    return replace(head, base=base, headers=kept)
