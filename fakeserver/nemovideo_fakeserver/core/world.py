"""A world: everything one client population can see, and nothing of any other.

Law: nothing happens in a world between two acts. An act begins with `settle`, which lets happen, in
order of time, all that has fallen due; then it reads or changes the parts. So what a client finds
depends on when it asks, and never on who was watching meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.chat import Chat
from nemovideo_fakeserver.core.plan import Agent
from nemovideo_fakeserver.core.ports import Studio, Vault
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


class World:
    """The parts of one world and what ties them together."""

    def __init__(self, setting: Setting, ports: Ports) -> None:
        self.setting = setting
        self.studio = ports.studio
        self.vault = ports.vault
        self.request_ids = RequestIds(setting.chance)
        self.accounts = Accounts(setting)
        self.sessions = Sessions(setting)
        self.chat = Chat(setting, ports.agent)
        self.uploads = Uploads(setting, ports.vault)
        self.renders = Renders(setting, ports.studio)

    def settle(self) -> None:
        """Begin an act: bring the world up to the present."""
        self.setting.begin()
        self.chat.settle(self.setting.now)
