"""A world: everything one client population can see, and nothing of any other.

Law: nothing happens in a world between two acts. An act begins with `settle`, which lets happen, in
order of time, all that has fallen due; then it reads or changes the parts. So what a client finds
depends on when it asks, and never on who was watching meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.chat import Chat
from nemovideo_fakeserver.core.plan import Agent, Plan
from nemovideo_fakeserver.core.ports import House, Studio, Vault
from nemovideo_fakeserver.core.renders import Renders
from nemovideo_fakeserver.core.request_ids import RequestIds
from nemovideo_fakeserver.core.sessions import Sessions
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.uploads import Uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What a world needs from outside: an agent that plans, a studio that encodes, a vault that keeps.

    `took` hears of each of the agent's plans that became a turn.
    """

    agent: Agent
    studio: Studio
    vault: Vault
    took: Callable[[Plan], object] | None = None


class World:
    """The parts of one world and what ties them together; `name` is the one in its URL.

    `scenario` is what it plays, in words: whoever keeps the world keeps that as well.
    """

    def __init__(
        self, setting: Setting, ports: Ports, *, name: str = "", house: House | None = None
    ) -> None:
        self.name = name
        self.scenario: Mapping[str, Any] | None = None
        self._house = house
        self.setting = setting
        self._moves = setting.clock.moves
        self.journal = setting.journal
        self.faults = setting.faults
        self.studio = ports.studio
        self.vault = ports.vault
        self.request_ids = RequestIds(setting.chance)
        self.accounts = Accounts(setting)
        self.sessions = Sessions(setting)
        self.chat = Chat(setting, ports.agent, ports.took)
        self.uploads = Uploads(setting, ports.vault)
        self.renders = Renders(setting, ports.studio)

    @property
    def house(self) -> House:
        """The fake this world is part of; only what serves requests has one."""
        assert self._house is not None, "this world stands by itself"
        return self._house

    def settle(self) -> None:
        """Begin an act: bring the world up to the present, one move of the clock after the other."""
        setting = self.setting
        setting.begin()
        if self._moves:
            for move in self._moves.take():
                self.chat.settle(move.at)
                setting.note_move(move)
        self.chat.settle(setting.now)

    def end(self) -> None:
        """Give up what still goes on for the world: another one takes its place, or none."""
        self.renders.end()

    def forget(self, uid: str) -> bool:
        """Let an account be as if it had never come, with all that is its own; False when there is none."""
        account = self.accounts.forget(uid)
        if account is None:
            return False
        gone = self.sessions.forget(account)
        self.chat.forget(gone)
        self.uploads.forget(gone)
        self.renders.forget(account)
        self.setting.note("account.forgotten", account=uid)
        self.setting.note("control", did="account reset", account=uid)
        return True
