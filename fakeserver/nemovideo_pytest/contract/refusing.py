"""How the service words a refusal."""

from __future__ import annotations

from nemovideo_fakeserver.wire.messages import Reply
from nemovideo_pytest._faults import reply

BAD_GATEWAY = reply(502, "<html><h1>Bad Gateway</h1></html>")


def no(code: int, status: int = 200, **headers: str) -> Reply:
    """Return a refusal as the service words it."""
    told = {"code": code, "message": "because", "data": None}
    return reply(status, told, {k.replace("_", "-"): v for k, v in headers.items()})
