"""The guard with its question asked: one paid call at a time is looked at, so that two do not share a balance."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from nemovideo_proxy.model import Request
from nemovideo_proxy.recording import upstream
from nemovideo_proxy.recording.asking import ask
from nemovideo_proxy.recording.marked import Marked
from nemovideo_proxy.recording.session import Session

WITHIN = 20.0
"""Real seconds that the guard waits for the balance."""


class Budget:
    """Checks requests against what a recording may cost."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._one = asyncio.Lock()
        self._questions: dict[str, Request] = {}

    async def check(self, request: Request) -> Marked | None:
        """Return why `request` is not to be made, or None."""
        guard = self._session.guard
        if guard.limit is None or not guard.is_paid(request):
            return None
        async with self._one:
            await self._ask(guard.balance_request(request))
            return guard.refusal(request)

    async def settle(self) -> None:
        """Ask everybody's balance once more, for the account."""
        for question in tuple(self._questions.values()):
            await self._ask(question)

    async def _ask(self, question: Request) -> None:
        session = self._session
        self._questions[question.header("authorization") or ""] = question
        marked = upstream.forwarded(question.headers, session.instance)
        status, body = await ask(
            session.upstream,
            replace(question, headers=marked),
            ca_file=session.ca_file,
            within=WITHIN,
        )
        session.guard.heard(question, status, body)
