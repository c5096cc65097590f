"""Which recorded answer a poll gets: a poll (GET, HEAD) changes nothing, and may come at any time.

The law:

* What a poll shows rests on the last act before it: of its render where it names one, else of the
  conversation. Between two such acts lies a window; a poll is answered from the window of the last act
  that came.
* `time`: by what the recording had when that act was as old; a poll that is a little early (`EARLY`) gets
  the one that is nearer, for no two clients are equally quick. `order`: by the next one. Whoever comes
  before the first gets the first, and the last one stays.
* Several that were recorded at one moment, as where time stands while a test looks, come one after the
  other: what differs between them is what was asked, and no matter of time.
* Where a window has none, the last one before it stays. What was recorded only behind an act that is
  yet to come is not there yet.
"""

from __future__ import annotations

from math import inf
from typing import Literal, TypeAlias

from nemovideo_proxy.matching.asked import Address
from nemovideo_proxy.matching.lanes import Lane, Record, Shelf
from nemovideo_proxy.places import Role
from nemovideo_proxy.replay.choosing import Call, Choice, Found, Later
from nemovideo_proxy.replay.visitor import Answered, Spot, concerns

Polls: TypeAlias = Literal["time", "order"]
"""How polls are answered: by what the recording had at that age, or one after the other."""


EARLY = 5.0
"""Seconds by which a poll may come before the recorded one whose answer it gets, if that is the nearer."""


class Poll:
    """One poll: the records of `lane` at `address` are its recorded answers."""

    def __init__(self, call: Call, lane: Lane, address: Address, shelf: Shelf) -> None:
        self._call = call
        self._lane = lane
        self._address = address
        self._shelf = shelf
        self._spot: Spot = (id(lane), address)
        self._render = _value("render", address)
        self._token = _value("token", address)
        self._last = call.visitor.last_act(self._render)
        self._begin = self._last.record.index if self._last else -1

    def answer(self, polls: Polls) -> Choice:
        """Choose the answer, and remember it."""
        first = self._first()
        if first is None:
            return self._earlier()
        position, record = first
        if self._end(record) is not None:
            return self._earlier() or Later(record, self._act_before(record))
        chosen, zero = self._chosen(position, record, polls)
        self._call.visitor.polled[self._spot] = Answered(chosen, zero)
        return self._call.agreed(chosen)

    def _first(self) -> tuple[int, Record] | None:
        """Return where to begin: what was answered last in this window, or the first record in it."""
        position = self._lane.position(self._address, self._begin + 1)
        answered = self._call.visitor.polled.get(self._spot)
        if answered is not None and answered.record.index > self._begin:
            return self._lane.position(self._address, answered.record.index), answered.record
        record = next(iter(self._lane.at(self._address, position)), None)
        return None if record is None else (position, record)

    def _chosen(self, position: int, record: Record, polls: Polls) -> tuple[Record, float]:
        answered = self._call.visitor.polled.get(self._spot)
        again = answered is not None and answered.record is record
        zero = self._zero(record, answered if again else None)
        by_time = polls == "time"
        now = zero + self._call.now
        first = record
        for later in self._lane.at(self._address, position + 1, now + EARLY if by_time else inf):
            if (by_time and not _is_due(later, record, now)) or self._end(later) is not None:
                break
            if not by_time:
                return (later, zero) if again else (record, zero)
            if later.at > record.at or (again and record is first):
                record = later
        return record, zero

    def _zero(self, record: Record, answered: Answered | None) -> float:
        """Return what has to be added to the clock to have the time of the recording."""
        if self._last is not None:
            return self._last.record.at - self._last.at
        return record.at - self._call.now if answered is None else answered.zero

    def _earlier(self) -> Found | None:
        before = self._lane.position(self._address, self._begin + 1) - 1
        if before < 0:
            return None
        return self._call.agreed(next(iter(self._lane.at(self._address, before))))

    def _end(self, record: Record) -> Record | None:
        """Return the act that lies between the last one that came and `record`, or None."""
        end = self._window_end()
        return end if end is not None and end.index < record.index else None

    def _window_end(self) -> Record | None:
        visitor = self._call.visitor
        window = (self._begin, self._render)
        if window not in visitor.windows:
            visitor.windows[window] = self._next_act()
        return visitor.windows[window]

    def _next_act(self) -> Record | None:
        return next(filter(self._rests_on, self._shelf.acts_after(self._begin)), None)

    def _act_before(self, record: Record) -> Record:
        return next(filter(self._rests_on, self._shelf.acts_before(record.index)))

    def _rests_on(self, act: Record) -> bool:
        """Say whether these polls may show what an act of their conversation changed."""
        if act.recording != self._call.visitor.recording:
            return False
        if self._render is not None and "/api/render/" not in act.entry.signature.shape:
            return False
        said = act.asked.first("token")
        return concerns(act, self._render) and self._token in (None, said)


def _is_due(later: Record, record: Record, now: float) -> bool:
    """Say whether a poll at the recorded time `now` gets `later`, which comes after `record`."""
    early = later.at - now
    return early <= min(EARLY, now - record.at)


def _value(wanted: Role, address: Address) -> str | None:
    return next((value for role, value in address if role == wanted), None)
