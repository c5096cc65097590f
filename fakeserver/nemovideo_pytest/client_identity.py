"""Who the clients of a test are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nemovideo_client import Token
from nemovideo_fakeserver.cli.identity import of_scenario

if TYPE_CHECKING:
    from nemovideo_client.settings import Settings
    from nemovideo_fakeserver import Fake

CLIENT = "nemo-client"
"""The client id of who is nobody the scenario knows."""


def told(fake: Fake, world: str = "") -> Settings:
    """Return what a client of this fake is told of itself: the first account of the scenario, if it has one.

    A token of the environment is one of another service; an empty one keeps the client from taking it up.
    """
    known = of_scenario(fake, world)
    token = Token(value=known.get("NEMO_TOKEN", ""))
    return {"client_id": known.get("NEMO_CLIENT_ID", CLIENT), "token": token}
