"""What follows from what was not run: a refusal of a poll, where the order was left out, is no fault of the skill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlsplit

from nemovideo_client.skill.check import api
from nemovideo_client.skill.run.outcomes import Ran
from nemovideo_client.skill.shell.commands import Command
from nemovideo_client.skill.shell.walking import inner, uses

NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "poll": ("render", "message", "session"),
        "cancel": ("render", "message", "session"),
        "download": ("render", "message", "session"),
        "render": ("message", "upload", "session"),
        "message": ("session", "upload"),
        "state": ("session",),
        "upload": ("session",),
        "claim-token": ("session",),
    }
)
"""An endpoint, and those that come before it in any conversation."""

_PATH = re.compile(r"/(?:api/[^\s\"'?,;|]{1,300}|run_sse)")


class Following:
    """Remembers which commands were not run, and which variables hold a guess."""

    def __init__(self) -> None:
        self._unrun: dict[str, int] = {}
        self._guessed: set[str] = set()

    def skipped(self, command: str, line: int) -> None:
        """Remember a command that was not run: whatever it is, an endpoint that it names was not asked."""
        for path in _PATH.findall(command):
            for endpoint in api.at(path):
                self._unrun[endpoint.name] = line

    def guessed(self, name: str) -> None:
        """Remember a variable whose value nobody knows."""
        self._guessed.add(name)

    def judged(self, ran: Ran, method: str, url: str, command: Command) -> Ran:
        """Return a request with what its refusal follows from, if it is refused and there is such a thing."""
        endpoint = api.find(method, urlsplit(url).path)
        if not ran.refused:
            self._unrun.pop(endpoint.name if endpoint else "", None)
            return ran
        lines = [self._unrun[name] for name in NEEDS.get(endpoint.name, ()) if name in self._unrun] if endpoint else []  # fmt: skip
        used = {name for name, _ in uses((command, *inner(command)))} & self._guessed
        if lines:
            return replace(ran, because=f"line {lines[0]} was not run by the check")
        if used:
            return replace(ran, because=f"the check does not know what ${min(used)} is")
        return ran
