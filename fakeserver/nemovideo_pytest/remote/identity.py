"""Who the clients of a test are at a service elsewhere."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from nemovideo_client import Token
from nemovideo_pytest.client_identity import CLIENT

if TYPE_CHECKING:
    from nemovideo_client.settings import Settings


def of_nobody() -> Settings:
    """Tell a client of a world of its own: there nobody is known yet, and no token of the environment counts."""
    return {"client_id": CLIENT, "token": Token(value="")}


def of_somebody_new() -> Settings:
    """Tell a client of a service that others use, too: its id is one that nobody had before.

    The token of the environment is for the live service, and is sent to no other.
    """
    return {"client_id": _new(), "token": Token(value="")}


def of_the_run() -> Settings:
    """Tell a client of the live service: the token and the client id are the environment's.

    Without a client id there, a test has one that nobody had before: a service gives one token to each.
    """
    return {} if os.environ.get("NEMO_CLIENT_ID") else {"client_id": _new()}


def _new() -> str:
    return f"{CLIENT}-{secrets.token_hex(8)}"
