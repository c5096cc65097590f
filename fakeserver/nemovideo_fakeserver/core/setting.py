"""What every part of a world stands on: its time, its chance, its readings, its journal, its faults.

An act happens at one instant: the clock is read when the act begins (`begin`), and never again until
the next one, so that nothing falls due in the middle of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.clock.moves import Jump, Pace
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.faults.actions import Action, Fail, decides
from nemovideo_fakeserver.core.faults.faults import Faults, Reached, Strike, Struck
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.journal import Journal
from nemovideo_fakeserver.core.variants import Variants


@dataclass(slots=True, kw_only=True)
class Setting:
    """One per world, shared by its parts. `now` is the instant of the act, in seconds since the epoch.

    `request` is the number in the journal of the request that is being answered, `strikes` the faults
    that have fired on it.
    """

    clock: Clock
    chance: Chance
    variants: Variants
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(init=False)
    now: float = field(init=False)
    request: int | None = None
    strikes: list[Strike] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.clock.now()
        self.faults = Faults(self.chance, self.journal.add)

    def begin(self) -> None:
        """Begin an act: take the virtual time for all of it."""
        self.now = self.clock.now()
        self.request = None
        if self.strikes:
            self.strikes = []

    def note(self, kind: str, /, **what: Any) -> None:
        """Write a fact into the journal, at the instant of the act."""
        self.journal.add(self.now, kind, **what)

    @contextmanager
    def moment(self, place: str, **about: str | None) -> Iterator[None]:
        """Do what is inside as a moment at which faults may strike; raises `Struck` where one prevents it.

        `about` is the account, session and message by which faults are filtered.
        """
        self.reach(place, "before", **about)
        yield
        self.reach(place, "after", **about)

    def reach(self, place: str, side: Side, **about: str | None) -> None:
        """Let faults strike the request at a place; raises `Struck` where one prevents what comes there.

        On a request one fault decides: once it is to be answered or broken, all others but those that
        change how a reply travels are passed over.
        """
        if not self.faults.armed:
            return
        decided = any(decides(strike.action) for strike in self.strikes)
        strikes = self.faults.strike(
            self._reached(place, side, about), only=_travels if decided else acts_on_replies
        )
        self.strikes += strikes
        if side == "before" and any(decides(strike.action) for strike in strikes):
            raise Struck

    def failure(self, place: str, *sides: Side, **about: str | None) -> str | None:
        """Return why a fault makes the work fail at this moment, on one of these sides, if one does."""
        for side in sides if self.faults.armed else ():
            for strike in self.faults.strike(self._reached(place, side, about), only=_fails):
                assert isinstance(strike.action, Fail)
                return strike.action.why
        return None

    def _reached(self, place: str, side: Side, about: dict[str, str | None]) -> Reached:
        return Reached(place=place, side=side, at=self.now, request=self.request, **about)

    def note_move(self, move: Jump | Pace) -> None:
        """Write down what made time go other than by itself."""
        if isinstance(move, Jump):
            self.journal.add(move.at, "clock", jump=move.seconds, to=move.at, by=move.by)
        else:
            self.journal.add(move.at, "clock", rate=move.rate)


def acts_on_replies(action: Action) -> bool:
    """Say whether an action concerns the reply; `Fail` concerns the work, and is decided with its plan."""
    return not isinstance(action, Fail)


def _travels(action: Action) -> bool:
    return not decides(action)


def _fails(action: Action) -> bool:
    return isinstance(action, Fail)
