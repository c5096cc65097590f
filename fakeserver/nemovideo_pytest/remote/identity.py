"""Who the clients of a test are at a service elsewhere."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from nemovideo_client import Token
from nemovideo_pytest.identity import CLIENT

if TYPE_CHECKING:
    from nemovideo_client.settings import Settings


def of_nobody() -> Settings:
    """Tell a client of a world of its own: there nobody is known yet, and no token of the environment counts."""
    return {"client_id": CLIENT, "token": Token(value="")}


def of_the_run() -> Settings:
    """Tell a client of a service that others use, too: the token and the client id are the environment's.

    Without a client id there, a test has one that nobody had before: a service gives one token to each.
    """
    if os.environ.get("NEMO_CLIENT_ID"):
        return {}
    return {"client_id": f"{CLIENT}-{secrets.token_hex(8)}"}
