"""A world: everything one client population can see, and nothing of any other.

Law: nothing happens in a world between two acts. An act begins with `settle`, which lets happen, in
order of time, all that has fallen due; then it reads or changes the parts. So what a client finds
depends on when it asks, and never on who was watching meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass

from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.chat import Chat
from nemovideo_fakeserver.core.plan import Agent
from nemovideo_fakeserver.core.ports import House, Studio, Vault
from nemovideo_fakeserver.core.renders import Renders
from nemovideo_fakeserver.core.request_ids import RequestIds
from nemovideo_fakeserver.core.sessions import Sessions
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.uploads import Uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What a world needs from outside: an agent that plans, a studio that encodes, a vault that keeps."""

    agent: Agent
    studio: Studio
    vault: Vault


class Alone:
    """The house of a world that stands by itself."""

    hosts: Collection[str] = ()

    def names(self) -> list[str]:
        """There is one world."""
        return [""]

    def snapshot(self, name: str) -> str:
        """Nobody can write it down."""
        raise NotImplementedError(f"world {name!r} is in no house that could take a snapshot of it")

    def snapshot_of_all(self) -> Future[str]:
        """Nobody can write it down."""
        raise NotImplementedError("this world is in no house that could take a snapshot of it")

    def reset(self, name: str) -> None:
        """Nobody can make it again."""

    def reset_account(self, name: str, uid: str) -> bool:
        """Nobody can make it again."""
        return False


class World:
    """The parts of one world and what ties them together; `name` is the one in its URL."""

    def __init__(
        self, setting: Setting, ports: Ports, *, name: str = "", house: House | None = None
    ) -> None:
        self.name = name
        self.house: House = house or Alone()
        self.setting = setting
        self.journal = setting.journal
        self.faults = setting.faults
        self.studio = ports.studio
        self.vault = ports.vault
        self.request_ids = RequestIds(setting.chance)
        self.accounts = Accounts(setting)
        self.sessions = Sessions(setting)
        self.chat = Chat(setting, ports.agent)
        self.uploads = Uploads(setting, ports.vault)
        self.renders = Renders(setting, ports.studio)

    def settle(self) -> None:
        """Begin an act: bring the world up to the present, one move of the clock after the other."""
        setting = self.setting
        setting.begin()
        if setting.clock.moves:
            for move in setting.clock.moves.take():
                self.chat.settle(move.at)
                setting.note_move(move)
        self.chat.settle(setting.now)

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
