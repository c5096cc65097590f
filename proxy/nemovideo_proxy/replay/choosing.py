"""What comes of looking for the interaction that answers a request."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from nemovideo_proxy.matching.asked import Asked
from nemovideo_proxy.matching.binding import Pair
from nemovideo_proxy.matching.lanes import Lane, Record
from nemovideo_proxy.matching.rules import Criterion, same_headers
from nemovideo_proxy.replay.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Found:
    """The interaction to play, and the values at the same places of both requests."""

    record: Record
    pairs: list[Pair]


@dataclass(frozen=True, slots=True)
class Spent:
    """It was recorded, and has been played as often."""

    record: Record


@dataclass(frozen=True, slots=True)
class Later:
    """It was recorded only after an act that is yet to come."""

    record: Record
    after: Record


Choice: TypeAlias = Found | Spent | Later | None
"""None: nothing recorded is this request."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a visitor, at `now` on the clock."""

    visitor: Visitor
    asked: Asked
    now: float
    match_on: tuple[Criterion, ...]

    def agreed(self, record: Record) -> Found | None:
        """Return the record if it can be what is asked for."""
        asked = record.asked
        if asked.has_token != self.asked.has_token:
            return None
        if "headers" in self.match_on and not same_headers(asked, self.asked):
            return None
        pairs = self.visitor.binding.agreed(asked.ids, self.asked.ids)
        return None if pairs is None else Found(record, pairs)

    def is_named_as(self, record: Record) -> bool:
        """Say whether both have a client id, or neither; with a token that is all the same."""
        return self.asked.has_token or _has_client(record.asked) == _has_client(self.asked)


def next_act(call: Call, lane: Lane, *, repeats: bool) -> Choice:
    """Choose the next act that was not played, in the order of the recording.

    Where no token says who asks, one with a client id goes before one without, or the other way round, as
    the request has it: it is refused without, and not with one. Once there is none the first is played
    again where `repeats` are allowed.
    """
    visitor = call.visitor
    address = visitor.address(call.asked)
    left = filter(None, map(call.agreed, visitor.unplayed(lane, address)))
    if found := next(left, None):
        return next((each for each in chain([found], left) if call.is_named_as(each.record)), found)
    played = lane.since(0) if address is None else lane.at(address, 0)
    again = next(filter(None, map(call.agreed, played)), None)
    return again if again is None or repeats else Spent(again.record)


def next_asset(call: Call, lane: Lane) -> Choice:
    """Choose the next download of the same part of an asset; the last one stays, and stands for all."""
    wanted = _range(call.asked)
    candidates = chain(call.visitor.unplayed(lane, None), reversed(lane))
    alike = (record for record in candidates if _range(record.asked) == wanted)
    return Found(next(alike, lane.last), [])


def _has_client(asked: Asked) -> bool:
    return asked.first("client") is not None


def _range(asked: Asked) -> str:
    return next((value for name, value in asked.headers if name.lower() == "range"), "")
