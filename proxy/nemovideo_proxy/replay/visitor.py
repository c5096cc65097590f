"""A live client in replay: what stands for what in its conversation, and how far that has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nemovideo_proxy.matching.asked import Address, Asked
from nemovideo_proxy.matching.binding import Binding
from nemovideo_proxy.matching.ids import ADDRESS
from nemovideo_proxy.matching.lanes import Lane, Record

Spot = tuple[int, Address | None]
"""A lane, and an address in it (None: all of it)."""


@dataclass(frozen=True, slots=True)
class Act:
    """A recorded act that this visitor did, too, and when (on the clock)."""

    record: Record
    at: float


@dataclass(frozen=True, slots=True)
class Answered:
    """The last answer to a poll, and what was then added to the clock to have the time of the recording."""

    record: Record
    zero: float


class Visitor:
    """One conversation under way; `number` counts visitors from 1, `recording` is the one it follows."""

    def __init__(self, number: int, recording: int) -> None:
        self.number = number
        self.recording = recording
        self.binding = Binding()
        self.played: set[int] = set()
        self._last_acts: dict[str | None, Act] = {}
        self.polled: dict[Spot, Answered] = {}
        self.windows: dict[tuple[int, str | None], Record | None] = {}
        """By the act that a poll rests on and by render: the next such act in the recording."""
        self._begins: dict[Spot, int] = {}

    def address(self, asked: Asked) -> Address | None:
        """Return what a request is about in recorded values; None where some are not bound yet."""
        known = set()
        for each in asked.ids:
            if each.role in ADDRESS:
                recorded = self.binding.recorded(each.role, each.value)
                if recorded is None:
                    return None
                known.add((each.role, recorded))
        return frozenset(known)

    def tokens(self) -> set[str]:
        """Return the recorded tokens under which it goes."""
        return {recorded for role, recorded, _ in self.binding.pairs() if role == "token"}

    def last_act(self, render: str | None) -> Act | None:
        """Return the last act in the recording that it did; on a render (recorded id) where one is named."""
        return self._last_acts.get(render)

    def unplayed(self, lane: Lane, address: Address | None) -> Iterator[Record]:
        """Yield what it has not played of a lane, at an address if one is given, in order."""
        spot = (id(lane), address)
        begin = self._begins.get(spot, 0)
        for position, record in enumerate(_from(lane, address, begin), begin):
            if record.index not in self.played:
                yield record
            elif position == begin:
                begin = self._begins[spot] = position + 1

    def did(self, record: Record, now: float) -> None:
        """Note that it has played an act."""
        for render in _concerned(record):
            last = self._last_acts.get(render)
            if last is None or last.record.index <= record.index:
                self._last_acts[render] = Act(record, now)


def concerns(record: Record, render: str | None) -> bool:
    """Say whether an act may change what a poll shows: of a render, or of whatever is no render (None)."""
    return render in _concerned(record)


def _concerned(record: Record) -> Iterator[str | None]:
    asked = record.asked
    if (render := asked.first("render")) is not None:
        yield render
    if asked.has_token:
        yield None


def _from(lane: Lane, address: Address | None, begin: int) -> Iterable[Record]:
    return lane.since(begin) if address is None else lane.at(address, begin)
