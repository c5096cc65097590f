"""Sends the requests of a recording again, in their order and at their times.

The law: a request waits for the end of all that had ended before it in the recording, so that what it needs
has been said; what had not ended goes on beside it. Who left a stream early, leaves it as early again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import httpx

from nemovideo_proxy.drift import polls
from nemovideo_proxy.drift.comparing import code_of, endpoint_of
from nemovideo_proxy.drift.findings import Unchecked
from nemovideo_proxy.drift.pace import Pace
from nemovideo_proxy.drift.references import References
from nemovideo_proxy.drift.sending import Exchange, request_of
from nemovideo_proxy.model import Body, Interaction

HEAD_SECONDS = 0.3
"""Real seconds a reply's head gets before time is moved on for it."""

_LEFT = frozenset(("lost", "timeout"))
"""Ends that were the client's doing."""


@dataclass(slots=True, kw_only=True)
class Conductor:
    """Sends to `base` through `http`; `content_of` reads bodies, `may_visit` says which hosts are allowed."""

    base: str
    http: httpx.AsyncClient
    pace: Pace
    references: References
    content_of: Callable[[Body], bytes]
    may_visit: Callable[[str], bool]
    _open: list[Exchange] = field(default_factory=list)
    _results: dict[int, Interaction | Unchecked] = field(default_factory=dict)

    async def run(self, interactions: Iterable[Interaction]) -> dict[int, Interaction | Unchecked]:
        """Send all, and return what came back by number."""
        for recorded in sorted(interactions, key=lambda i: (i.at, i.number)):
            await self._let_end(recorded.at)
            await self.pace.until(recorded.at, is_watched=bool(self._open))
            await self._begin(recorded)
        await self._let_end(float("inf"))
        return self._results

    async def _let_end(self, at: float) -> None:
        """Wait for those that had ended by `at`, in the order in which they had."""
        for exchange in sorted(self._open, key=_ended):
            if _ended(exchange) <= at:
                await self._finish(exchange)
                await self._repeat(exchange)
        self._collect()

    async def _finish(self, exchange: Exchange) -> None:
        recorded = exchange.recorded
        if recorded.end in _LEFT and recorded.response is not None:
            await self.pace.until(_ended(exchange), is_watched=True)
            await exchange.leave(recorded.end)
            return
        clock = asyncio.get_running_loop().time
        heard, since = exchange.heard, clock()
        while not exchange.done.is_set():
            if await self._progress(exchange) or exchange.heard > heard:
                heard, since = exchange.heard, clock()
            elif clock() - since > self._patience(exchange):
                await exchange.leave("timeout")

    async def _progress(self, exchange: Exchange) -> bool:
        """Let something happen, and return whether it did."""
        if not exchange.came.is_set() and await _within(exchange.came, HEAD_SECONDS):
            return True
        return await self.pace.further() or await _within(exchange.done, 0.02)

    def _patience(self, exchange: Exchange) -> float:
        return self.pace.patience if exchange.came.is_set() else self.pace.head_patience

    async def _repeat(self, exchange: Exchange) -> None:
        """Poll on while a job that was over is not."""
        recorded = exchange.recorded
        for _ in range(polls.MOST):
            if not polls.is_behind(recorded, exchange.result(self.pace)):
                return
            self._open.remove(exchange)
            later = self.pace.time_of(self.pace.stamp()) + polls.AGAIN_SECONDS
            await self.pace.until(later, is_watched=bool(self._open))
            await self._begin(recorded)
            exchange = self._open[-1]
            await self._finish(exchange)

    async def _begin(self, recorded: Interaction) -> None:
        if why := self._why_not(recorded):
            self._skip(recorded, why)
            return
        request = self.references.applied(recorded.request, is_refused=is_refused(recorded))
        if not self.may_visit(request.url):
            self._skip(recorded, "it went to another host, and the target has named no such URL")
            return
        try:
            sent = request_of(request, self.base, self.content_of(request.body))
        except httpx.InvalidURL:
            self._skip(recorded, "its URL is none that can be asked for")
            return
        exchange = Exchange(recorded, request, self.pace.time_of(self.pace.stamp()))
        self._open.append(exchange)
        exchange.start(self.http, sent, self.pace)
        await _within(exchange.came, HEAD_SECONDS)

    def _why_not(self, recorded: Interaction) -> str | None:
        request = recorded.request
        if why := self.references.missing(request):
            return why
        if self.references.stranger(request) and not is_refused(recorded):
            return "its token was there before the recording: set NEMO_TOKEN to one of the target's"
        return None

    def _skip(self, recorded: Interaction, why: str) -> None:
        self.references.learn(recorded, None)
        endpoint = endpoint_of(recorded)
        self._results[recorded.number] = Unchecked(
            endpoint=endpoint, number=recorded.number, why=why
        )

    def _collect(self) -> None:
        for exchange in [exchange for exchange in self._open if exchange.done.is_set()]:
            self._open.remove(exchange)
            recorded = exchange.recorded
            now = exchange.result(self.pace)
            self.references.learn(recorded, now)
            if exchange.unreachable:
                self._skip(recorded, f"the target cannot be reached: {exchange.unreachable}")
            else:
                self._results[recorded.number] = now


def _ended(exchange: Exchange) -> float:
    return exchange.recorded.at + exchange.recorded.ended


def is_refused(recorded: Interaction) -> bool:
    """Return whether the service itself did not know the token."""
    response = recorded.response
    if response is None:
        return False
    return response.status == 401 or code_of(response) == 1001


async def _within(event: asyncio.Event, seconds: float) -> bool:
    """Return whether the event happens in so many real seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
