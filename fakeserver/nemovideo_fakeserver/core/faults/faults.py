"""Arming faults, and striking: which of the armed faults act at a moment that has been reached.

Law: deterministic. Whether a fault with a probability fires follows from the seed, the fault and how
often its place was reached, never from anything else. Every firing is written down, so that a test can
prove that what it prepared has happened.

Law: who decides, decides alone. Where an answer, a break or a failure has fired, the others that wait at
the same place are passed over, and wait for the next time.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.faults.actions import Action, decides, spelled
from nemovideo_fakeserver.core.faults.fault import ALWAYS, Fault
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.faults.places import leads_to, same_account

MOST_FIRINGS = 1000
"""Firings of one fault that are told one by one; of more, the latest."""

MOST_PLACES = 1000
"""Places that are remembered for telling which was nearest to a fault that never fired."""


class Struck(Exception):
    """A fault takes the place of an act; what it does is among the strikes of the setting."""


class FaultsUnfired(AssertionError):
    """Faults were armed and never fired; the message lists them, and what would have made them fire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One time a fault fired: at the virtual time `at`, on the request with that number in the journal."""

    at: float
    request: int | None


@dataclass(slots=True, kw_only=True)
class Armed:
    """An armed fault: how often its place was reached by whom it is meant for, and when it fired.

    `firings` are the latest of the times it `fired`. `unlike` says of whoever else reached its place
    last how they differ.
    """

    id: str
    fault: Fault
    armed_at: float
    reached: int = 0
    firings: deque[Firing] = field(default_factory=deque)
    fired: int = 0
    unlike: str | None = None

    def __post_init__(self) -> None:
        self.firings = deque(self.firings, maxlen=MOST_FIRINGS)
        self.fired = max(self.fired, len(self.firings))

    @property
    def left(self) -> int | None:
        """How often it may still fire; None for always."""
        times = self.fault.times
        return None if times == ALWAYS else max(0, times - self.fired)

    def as_dict(self) -> dict[str, Any]:
        """Return the report on it, as JSON has it."""
        return {
            "id": self.id,
            "fault": self.fault.words(),
            "armed_at": self.armed_at,
            "reached": self.reached,
            "fired": self.fired,
            "left": ALWAYS if self.left is None else self.left,
            "firings": [{"at": f.at, "request": f.request} for f in self.firings],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """A fault that fires now, and what it does."""

    id: str
    side: Side
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A place that was reached: a moment or `METHOD /path`, by whom, with which request and message."""

    place: str
    side: Side
    at: float
    request: int | None = None
    account: str | None = None
    session: str | None = None
    message: str | None = None


class Faults:
    """The armed faults of one world, in order of arming. `note` writes a fact of the journal."""

    def __init__(self, chance: Chance, note: Callable[..., object]) -> None:
        self._chance = chance.at("fault")
        self._note = note
        self._count = 0
        self._places: dict[str, None] = {}
        self.armed: list[Armed] = []

    @property
    def count(self) -> int:
        """How many faults have been armed so far; their ids are numbered."""
        return self._count

    def arm(self, fault: Fault, *, now: float) -> Armed:
        """Arm a fault; faults that meet at one place act in the order in which they were armed."""
        self._count += 1
        armed = Armed(id=f"f{self._count}", fault=fault, armed_at=now)
        self.armed.append(armed)
        self._note(now, "fault.armed", fault=armed.id)
        return armed

    def restore(self, armed: Sequence[Armed], count: int) -> None:
        """Take up faults that were armed before, `count` having been armed in all."""
        self.armed.extend(armed)
        self._count = count

    def disarm(self, id_: str, *, now: float) -> Armed | None:
        """Take a fault away; None when there is none of that id."""
        for armed in self.armed:
            if armed.id == id_:
                self.armed.remove(armed)
                self._note(now, "fault.disarmed", fault=armed.id)
                return armed
        return None

    def clear(self, *, now: float) -> None:
        """Take all faults away. Ids are not given again."""
        for armed in tuple(self.armed):
            self.disarm(armed.id, now=now)

    def strike(
        self, reached: Reached, *, only: Callable[[Action], bool] | None = None
    ) -> list[Strike]:
        """Return what fires here, in order of arming; with `only`, among the faults with such an action."""
        if not self.armed:
            return []
        if len(self._places) < MOST_PLACES:
            self._places[reached.place] = None
        return [self._fire(armed, reached) for armed in self._firing(reached, only)]

    def indices(self, moment: str) -> list[int]:
        """Return the indices at which faults wait for `moment[n]`, in ascending order."""
        waiting = (a.fault.place for a in self.armed if a.left != 0)
        return sorted({place.index for place in waiting if place.moment.name == moment})

    def unfired(self) -> list[Armed]:
        """Return the faults that never fired."""
        return [armed for armed in self.armed if not armed.fired]

    def assert_all_fired(self) -> None:
        """Raise `FaultsUnfired`, an AssertionError, unless every armed fault has fired at least once."""
        unfired = self.unfired()
        if unfired:
            raise FaultsUnfired(self.explained(unfired))

    def explained(self, unfired: list[Armed]) -> str:
        """Return the lines that list these faults, each with what would have made it fire."""
        return "\n".join(self._lines(unfired))

    def _firing(self, reached: Reached, only: Callable[[Action], bool] | None) -> Iterator[Armed]:
        decided = False
        for armed in self.armed:
            fault = armed.fault
            if armed.left == 0 or fault.side != reached.side:
                continue
            if (only is not None and not only(fault.do)) or (decided and decides(fault.do)):
                continue
            if not leads_to(fault.at, reached.place) or not _meant(armed, reached):
                continue
            armed.reached += 1
            if self._chance.happens(fault.probability, armed.id, armed.reached):
                decided = decided or decides(fault.do)
                yield armed
            else:
                self._write("fault.spared", armed, reached)

    def _fire(self, armed: Armed, reached: Reached) -> Strike:
        armed.fired += 1
        armed.firings.append(Firing(at=reached.at, request=reached.request))
        self._write("fault", armed, reached)
        return Strike(id=armed.id, side=reached.side, action=armed.fault.do)

    def _write(self, kind: str, armed: Armed, reached: Reached) -> None:
        self._note(
            reached.at,
            kind,
            fault=armed.id,
            place=reached.place,
            side=reached.side,
            do=in_words(armed.fault.do),
            request=reached.request,
        )

    def _lines(self, unfired: list[Armed]) -> Iterator[str]:
        yield f"{len(unfired)} armed fault{'s' * (len(unfired) > 1)} never fired:"
        for armed in unfired:
            fault = armed.fault
            yield f"  {armed.id}: {fault.side} {fault.at}: {in_words(fault.do)} ({self._why(armed)})"

    def _why(self, armed: Armed) -> str:
        """Say why a fault has not fired."""
        fault = armed.fault
        if armed.reached:
            chances = f"{armed.reached} time{'s' * (armed.reached > 1)}"
            return f"reached {chances}, never drawn at probability {fault.probability:g}"
        if armed.unlike is not None:
            return f"reached, but {armed.unlike}"
        if not fault.place.route:
            return f"never reached: {fault.place.moment.means}"
        routes = [place for place in self._places if " " in place]
        near = get_close_matches(fault.at, routes, n=1, cutoff=0.0)
        return f"never reached; the nearest request was {near[0]}" if near else "never reached"


def in_words(action: Action) -> str:
    """Return an action in short: `status 503, retry_after 2`."""
    return ", ".join(f"{word} {value}" for word, value in spelled(action).items())


def _meant(armed: Armed, reached: Reached) -> bool:
    """Say whether a fault is meant for whoever has reached its place; remember how they differ if not."""
    unlike = _unlike(armed.fault, reached)
    if unlike is not None:
        armed.unlike = unlike
    return unlike is None


def _unlike(fault: Fault, reached: Reached) -> str | None:
    if fault.account is not None and not same_account(fault.account, reached.account):
        return f"by {reached.account or 'no known account'}, not by {fault.account}"
    if fault.session not in (None, reached.session):
        return f"in {reached.session or 'no session'}, not in {fault.session}"
    said = reached.message or ""
    if fault.message is not None and not re.search(fault.message, said, re.IGNORECASE):
        return f"with {said[:80]!r}, in which nothing is like {fault.message!r}"
    return None
