"""From a request to the visitor whose it is, and to the recorded interaction that answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nemovideo_fakeserver.wire.messages import Request
from nemovideo_proxy.matching.asked import Asked, Heard, Terms, asset
from nemovideo_proxy.matching.lanes import Lane, Record, Shelf
from nemovideo_proxy.matching.loose import Loose
from nemovideo_proxy.matching.rules import USUAL, Criterion
from nemovideo_proxy.replay.assets import Assets
from nemovideo_proxy.replay.choosing import Call, Choice, Found, Spent, next_act, next_asset
from nemovideo_proxy.replay.polls import Poll, Polls
from nemovideo_proxy.replay.visitor import Visitor
from nemovideo_proxy.replay.visitors import Visitors

REMEMBERED = 128
"""Requests that are kept, the last ones that came."""

SHORT = 16 * 1024
"""Bytes of a body up to which its request is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How to replay: see `Replay`."""

    polls: Polls = "time"
    instant: bool = False
    match_on: tuple[Criterion, ...] = USUAL
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What was asked for, by whom (None: somebody new whom nothing was found for), and what was found."""

    asked: Asked
    visitor: Visitor | None
    choice: Choice


class Finder:
    """Looks for answers in all recordings on `shelf`.

    Nothing of a request changes where it looks for the next one. What the last requests said is kept,
    and what that is in recorded terms: for a visitor for as long as nothing new is bound for it, and no
    asset got another address.
    """

    def __init__(self, shelf: Shelf, visitors: Visitors, assets: Assets, way: Way) -> None:
        self._shelf = shelf
        self._loose = Loose(shelf.records, way.match_on)
        self._visitors = visitors
        self._assets = assets
        self._way = way
        self._remembered = lru_cache(REMEMBERED)(Heard)
        self._asked = lru_cache(REMEMBERED)(self._in_recorded_terms)

    def look(self, request: Request, now: float) -> Looked:
        """Look for the answer to a request that came at `now` on the clock."""
        head = request.head
        found = self._assets.asked(head.path)
        if found is not None:
            url, number = found
            asked = asset(head, url)
            return self._looked(asked, self._visitors.numbered(number), now, is_asset=True)
        heard = self._heard(request)
        visitor = self._visitors.known(heard)
        bound = 0 if visitor is None else visitor.binding.size
        asked = self._asked(heard, visitor, bound, self._assets.given)
        return self._looked(asked, visitor, now)

    def who(self, request: Request) -> Visitor | None:
        """Return the visitor whose request this is, or None for somebody new."""
        found = self._assets.asked(request.head.path)
        if found is not None:
            return self._visitors.numbered(found[1])
        return self._visitors.known(self._heard(request))

    def lane_of(self, record: Record) -> Lane:
        """Return the lane in which a record is."""
        return self._shelf.lanes(record.entry.signature)[record.recording]

    def _heard(self, request: Request) -> Heard:
        body = request.body
        if isinstance(body, bytes) and len(body) <= SHORT:
            return self._remembered(request.head, body)
        return Heard(request.head, body)

    def _in_recorded_terms(
        self, heard: Heard, visitor: Visitor | None, _bound: int, _given: int
    ) -> Asked:
        return heard.asked(self._terms(visitor))

    def _terms(self, visitor: Visitor | None) -> Terms:
        def url(text: str) -> str:
            return text if visitor is None else visitor.binding.url(text)

        def value(said: Any, order: bool) -> Any:  # noqa: FBT001 as `Terms` has it
            told = _each_text(said, self._assets.recorded) if self._assets else said
            return told if visitor is None else visitor.binding.value(told, is_order=order)

        return Terms(url=url, value=value)

    def _looked(
        self, asked: Asked, visitor: Visitor | None, now: float, *, is_asset: bool = False
    ) -> Looked:
        lanes = self._lanes(asked)
        if visitor is not None:
            lane = lanes.get(visitor.recording)
            call = Call(visitor, asked, now, self._way.match_on)
            choice = None if lane is None else self._choice(call, lane, is_asset=is_asset)
            if not _begins_anew(asked, choice):
                return Looked(asked, visitor, choice)
        choice = None
        for lane, record in self._beginnings(lanes):
            visitor = self._visitors.new(record.recording)
            call = Call(visitor, asked, now, self._way.match_on)
            if is_asset or call.agreed(record):
                choice = self._choice(call, lane, is_asset=is_asset, first=record)
                if isinstance(choice, Found):
                    return Looked(asked, visitor, choice)
        return Looked(asked, None, choice)

    def _lanes(self, asked: Asked) -> dict[int, Lane]:
        """Return the lanes of a request, or else of what it may be but for secrets; a GET says what a HEAD does."""
        lanes = self._shelf.lanes(asked.signature)
        if not lanes and asked.method == "HEAD":
            lanes = self._shelf.lanes(asked.signature._replace(method="GET"))
        return lanes or self._loose.lanes(asked)

    def _beginnings(self, lanes: dict[int, Lane]) -> Iterator[tuple[Lane, Record]]:
        """Yield where somebody new could begin: conversations that are free first."""
        every = [(lane, record) for lane in lanes.values() for record in lane]
        yield from ((lane, record) for lane, record in every if self._visitors.is_free(record))
        yield from every

    def _choice(
        self, call: Call, lane: Lane, *, is_asset: bool, first: Record | None = None
    ) -> Choice:
        if is_asset:
            return next_asset(call, lane)
        if call.asked.method not in ("GET", "HEAD"):
            if first is not None:
                return call.agreed(first)
            return next_act(call, lane, repeats=self._way.repeats)
        return self._poll(call, lane, first)

    def _poll(self, call: Call, lane: Lane, first: Record | None) -> Choice:
        address = call.visitor.address(call.asked)
        if address is None:
            known = first or next((record for record in lane if call.agreed(record)), None)
            if known is None:
                return None
            address = known.asked.address
        return Poll(call, lane, address, self._shelf).answer(self._way.polls)


def _begins_anew(asked: Asked, choice: Choice) -> bool:
    """Say whether somebody asks for a token once more than was recorded: another run of the same client."""
    return (
        isinstance(choice, Spent)
        and not asked.has_token
        and any(role == "token" for role, _ in choice.record.made)
    )


def _each_text(value: Any, change: Any) -> Any:
    match value:
        case dict():
            return {key: _each_text(inner, change) for key, inner in value.items()}
        case list():
            return [_each_text(inner, change) for inner in value]
        case str():
            return change(value)
        case _:
            return value
