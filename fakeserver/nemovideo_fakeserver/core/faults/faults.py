"""Arming faults, and striking: which of the armed faults act at a moment that has been reached.

Law: deterministic. Whether a fault with a probability fires follows from the seed, the fault and how
often its place was reached, never from anything else. Every firing is written down, so that a test can
prove that what it prepared has happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.faults.actions import Action, spelled
from nemovideo_fakeserver.core.faults.fault import ALWAYS, Fault
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.faults.places import leads_to


class Struck(Exception):
    """A fault takes the place of an act or of its reply; what acts is among the strikes of the setting."""


class FaultsUnfired(AssertionError):
    """Faults were armed and never fired; the message lists them, and what would have made them fire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One time a fault fired: at the virtual time `at`, on the request with that number in the journal."""

    at: float
    request: int | None


@dataclass(slots=True, kw_only=True)
class Armed:
    """An armed fault: how often its place was reached, and when it fired."""

    id: str
    fault: Fault
    armed_at: float
    reached: int = 0
    firings: list[Firing] = field(default_factory=list)

    @property
    def fired(self) -> int:
        """How often it has fired."""
        return len(self.firings)

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
        return [self._fire(armed, reached) for armed in self._firing(reached, only)]

    def asked(self, place: str) -> bool:
        """Say whether any fault could still fire at a place, such as `render.completed`."""
        return any(a.left != 0 and leads_to(a.fault.at, place) for a in self.armed)

    def indices(self, moment: str) -> list[int]:
        """Return the indices at which faults wait for `moment[n]`, in ascending order."""
        pattern = re.compile(re.escape(moment) + r"\[(\d+)\]")
        found = (pattern.fullmatch(a.fault.at) for a in self.armed if a.left != 0)
        return sorted({int(match[1]) for match in found if match})

    def unfired(self) -> list[Armed]:
        """Return the faults that never fired."""
        return [armed for armed in self.armed if not armed.fired]

    def assert_all_fired(self) -> None:
        """Raise `FaultsUnfired`, an AssertionError, unless every armed fault has fired at least once."""
        unfired = self.unfired()
        if unfired:
            raise FaultsUnfired("\n".join(_lines(unfired)))

    def _firing(self, reached: Reached, only: Callable[[Action], bool] | None) -> Iterator[Armed]:
        for armed in self.armed:
            fault = armed.fault
            if armed.left == 0 or fault.side != reached.side or not _meant(fault, reached):
                continue
            if only is not None and not only(fault.do):
                continue
            armed.reached += 1
            if self._chance.happens(fault.probability, armed.id, armed.reached):
                yield armed
            else:
                self._write("fault.spared", armed, reached)

    def _fire(self, armed: Armed, reached: Reached) -> Strike:
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


def in_words(action: Action) -> str:
    """Return an action in short: `status 503, retry_after 2`."""
    return ", ".join(f"{word} {value}" for word, value in spelled(action).items())


def _meant(fault: Fault, reached: Reached) -> bool:
    if not leads_to(fault.at, reached.place):
        return False
    if fault.account not in (None, reached.account) or fault.session not in (None, reached.session):
        return False
    if fault.message is None:
        return True
    return bool(re.search(fault.message, reached.message or "", re.IGNORECASE))


def _lines(unfired: list[Armed]) -> Iterator[str]:
    yield f"{len(unfired)} armed fault{'s' * (len(unfired) > 1)} never fired:"
    for armed in unfired:
        fault = armed.fault
        why = (
            f"its place was reached {armed.reached} times, the dice said no"
            if armed.reached
            else "its place was never reached"
        )
        yield f"  {armed.id}: {fault.side} {fault.at}: {in_words(fault.do)} ({why})"
