"""An agent that plays a scenario's turns, and leaves every other message to another agent.

Law: asking for a plan changes nothing. A turn counts as played when the domain says that it took the
plan (`took`); the counts (`used`) are plain state, one script to a world, that can be kept and given back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from nemovideo_fakeserver.core.plan import Agent, Plan, Scene
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.scenario.furnishing import Names, admit, furnish, settle_in
from nemovideo_fakeserver.scenario.model.scenario import Scenario
from nemovideo_fakeserver.scenario.model.telling import Turn, When
from nemovideo_fakeserver.scenario.silence import hushed, voiced
from nemovideo_fakeserver.scenario.turns import plan


class Script:
    """Answers with the first turn of a scenario that fits and is not used up, else as `otherwise` does.

    `used` says how often each turn has been played, by its number from 0. `accounts` gives the uids of
    the accounts that the scenario names.
    """

    def __init__(
        self,
        scenario: Scenario,
        otherwise: Agent,
        *,
        accounts: Mapping[str, str] | None = None,
        used: Mapping[int, int] | None = None,
    ) -> None:
        self.scenario = scenario
        self.accounts = dict(accounts or {})
        self.used = dict(used or {})
        self._otherwise = otherwise
        self._cues = tuple(_Cue.of(turn) for turn in scenario.turns)

    def __call__(self, message: str, scene: Scene) -> Plan:
        """Plan the work for `message` (see `core.plan.Agent`)."""
        for number, turn in enumerate(self.scenario.turns):
            if self._fits(number, message, scene):
                return plan(turn, scene, number)
        planned = self._otherwise(message, scene)
        if self.scenario.silence == "always":
            return hushed(planned)
        return voiced(planned, message) if self.scenario.silence == "never" else planned

    def took(self, plan: Plan) -> None:
        """Count the turn a plan was made from as played."""
        if plan.cue is not None:
            self.used[plan.cue] = self.used.get(plan.cue, 0) + 1

    def furnish(self, world: World) -> None:
        """Let a new world begin as the scenario says."""
        self.accounts = furnish(world, self.scenario).accounts

    def resume(self, world: World) -> None:
        """Go on with a world that was furnished before: who is who, and what has been played."""
        self.accounts = settle_in(world, self.scenario).accounts
        turns = (turn for session in world.sessions for turn in session.turns)
        self.used = dict(Counter(turn.cue for turn in turns if turn.cue is not None))

    def admit_again(self, world: World, uid: str) -> None:
        """Let an account that was forgotten be there again, if the scenario knows it."""
        for account in self.scenario.accounts:
            if self.accounts.get(account.name) == uid:
                admit(world, account, Names())

    @property
    def unplayed(self) -> tuple[str, ...]:
        """The turns that no message has played, as `turns[2] (title)`."""
        return tuple(
            f"turns[{number}] ({self._cues[number].told})"
            for number in range(len(self._cues))
            if not self.used.get(number)
        )

    def _fits(self, number: int, message: str, scene: Scene) -> bool:
        turn = self.scenario.turns[number]
        if turn.limit is not None and self.used.get(number, 0) >= turn.limit:
            return False
        if turn.account is not None:
            uid = self.accounts.get(turn.account, turn.account)
            if uid != scene.account:
                return False
        return self._cues[number].answers(message)


@dataclass(frozen=True, slots=True)
class _Cue:
    """What a message must be: `pattern` is found in it, or it is `whole`; neither, and any message will do."""

    pattern: re.Pattern[str] | None = None
    whole: str | None = None

    @classmethod
    def of(cls, turn: Turn) -> _Cue:
        match turn.when:
            case None:
                return cls()
            case When(says=str(text)):
                return cls(whole=_folded(text))
            case When(matches=pattern) | pattern:
                return cls(pattern=re.compile(str(pattern), re.IGNORECASE))

    @property
    def told(self) -> str:
        return self.pattern.pattern if self.pattern else self.whole or "any message"

    def answers(self, message: str) -> bool:
        if self.pattern is not None:
            return self.pattern.search(message) is not None
        return self.whole in (None, _folded(message))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
