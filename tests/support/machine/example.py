"""A life written by hand, in which much happens, and nothing that must not."""

from __future__ import annotations

from typing import Any

from support.machine import casting
from support.machine.deeds import Deed

WORLD = casting.scenario(
    cast=casting.CASTS[4], readings=[], newcomers=None, renders=None, faults=[]
)


def _fault(at: str, side: str, **do: Any) -> dict[str, Any]:
    return {"at": at, "side": side, "do": do}


BEACH, SEA = 1, 2
NEWCOMER = 2
BALANCE = "GET /api/credits/balance/simple"
LIFE = (
    Deed("token", {"client": 2}),
    Deed("token", {"client": 1}),
    Deed("session", {"token": 0}),
    Deed("say", {"token": 0, "session": BEACH, "message": "title"}),
    Deed("say", {"token": 0, "session": BEACH, "message": "fail"}),
    Deed("shout", {"session": BEACH, "message": "hello"}),
    Deed("upload", {"token": 0, "session": BEACH, "files": ["dot.png", "dot.png"]}),
    Deed("state", {"token": 6, "session": BEACH}),
    Deed("state", {"token": 0, "session": BEACH}),
    Deed("jump", {"seconds": 0.0}),
    Deed("jump", {"seconds": 31.0}),
    Deed("balance", {"token": 1}),
    Deed("say", {"token": 0, "session": BEACH, "message": "away"}),
    Deed("leave", {"reader": 0}),
    Deed("talk", {"session": SEA, "message": "film", "pieces": 10_000}),
    Deed("render", {"token": 0, "session": SEA, "film": 0}),
    Deed("render", {"token": 0, "session": SEA, "film": 1}),
    Deed("cancel", {"token": 0, "film": 1}),
    Deed("jump", {"seconds": 120.0}),
    Deed("poll", {"token": 0, "film": 0}),
    Deed("cancel", {"token": 0, "film": 0}),
    Deed("download", {"token": 0, "film": 0}),
    Deed("arm", {"fault": _fault(BALANCE, "after", status=503), "who": 0}),
    Deed("arm", {"fault": _fault("turn.accepted", "before", status=503), "who": 0}),
    Deed("balance", {"token": 0}),
    Deed("balance", {"token": 0}),
    Deed("say", {"token": 0, "session": SEA, "message": "film"}),
    Deed("claim", {"token": 0, "session": SEA, "task": 0}),
    Deed("balance", {"token": 7}),
    Deed("revoke_token", {"token": 0, "which": 0}),
    Deed("revoke", {"person": 0, "which": 7}),
    Deed("balance", {"token": 5}),
    Deed("jump", {"seconds": 2 * 86_400.0}),
    Deed("say", {"token": 0, "session": BEACH, "message": "lost film"}),
    Deed("reset_account", {"person": 1}),
    Deed("reset_account", {"person": NEWCOMER}),
    Deed("token", {"client": 2}),
    Deed("jump", {"seconds": 120.0}),
    Deed("balance", {"token": 0}),
    Deed("elsewhere"),
    Deed("token", {"client": 2}),
    Deed("token", {"client": 2}),
    Deed("reset_all"),
    Deed("balance", {"token": 0}),
)
