"""A project that can be exported, and the exports of it that were ordered."""

from __future__ import annotations

from typing import Any

from nemovideo_client import NemoClient
from support.together.house import House
from support.together.lines import SUBMIT


def project(house: House, **settings: Any) -> NemoClient:
    """Return a client with something on its timeline."""
    nemo = house.client(**settings)
    nemo.chat("edit 20")
    return nemo


def ids(house: House) -> list[str]:
    """Return the ids of the renders ordered."""
    return [seen.json()["id"] for seen in house.meddler.asked(SUBMIT)]
