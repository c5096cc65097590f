"""A player that does not end where its recording does: a fake goes on, from what was recorded last.

Once it goes on, everything of that client goes to its fake, but for what only the recording has: the files
that it fetched, and the renders that it ordered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from nemovideo_fakeserver.wire.messages import BodyPlan, Head, Probe, Reply, Request, Unreadable
from nemovideo_proxy import places
from nemovideo_proxy.replay import assets
from nemovideo_proxy.replay.handover.facts import facts_of
from nemovideo_proxy.replay.handover.fakes import Fakes
from nemovideo_proxy.replay.handover.seed import Seed, seed_of
from nemovideo_proxy.replay.player import Player, RanOut
from nemovideo_proxy.replay.visitor import Visitor

logger = logging.getLogger(__name__)


class GoingOn:
    """Answers from `player` for as long as it has something, and then lets `fakes` go on."""

    def __init__(self, player: Player, fakes: Fakes) -> None:
        self._player = player
        self._fakes = fakes

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        return self._player.spool

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Say how to read the body."""
        return self._player.admit(head)

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into nothing: whoever goes on looks for itself."""
        return self._player.inspect(path)

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request."""
        if linked := self._fakes.linked(request):
            return linked
        visitor = self._player.who(request)
        if visitor and self._fakes.has(visitor.number) and not _is_recorded(request.head, visitor):
            return self._fakes.reply(visitor.number, request)
        answer = self._player.answer(request)
        return self._handed_over(answer, request) if isinstance(answer, RanOut) else answer

    def _handed_over(self, end: RanOut, request: Request) -> Reply:
        last = end.records[-1]
        logger.warning(
            "the recording ends after %s: client %d goes on with a fake", last, end.visitor.number
        )
        self._fakes.begin(end.visitor.number, _seed_of(end))
        return self._fakes.reply(end.visitor.number, request)


def _seed_of(end: RanOut) -> Callable[[str], Seed]:
    """Return what makes the seed of a world: it reads the whole conversation, which takes its time."""

    def made(world: str) -> Seed:
        source = end.records[-1].source
        recorded_at = datetime.fromisoformat(source.header.recorded_at)
        facts = facts_of((record.read() for record in end.records), now=recorded_at)
        seed = seed_of(facts, world, source.path_of)
        return replace(seed, text=end.live(seed.text))

    return made


def _is_recorded(head: Head, visitor: Visitor) -> bool:
    """Say whether a request is about something that the fake cannot have."""
    if head.path.startswith(assets.PREFIX):
        return True
    return any(
        role == "render" and visitor.binding.recorded(role, head.path[start:end]) is not None
        for role, start, end in places.in_path(head.path)
    )
