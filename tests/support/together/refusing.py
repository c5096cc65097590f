"""How the service words a refusal, and what a skill adds to it."""

from __future__ import annotations

from nemovideo_client.skill.skill import Skill
from nemovideo_fakeserver.wire.messages import Reply
from support.meddling.acts import reply

BAD_GATEWAY = reply(502, "<html><h1>Bad Gateway</h1></html>")
SKILL = Skill.read(
    """---
name: a-skill
version: 1.0.0
---
# A skill

| 2001 | Registered: "Top up at nemovideo.ai" |
| 402 | "Register at nemovideo.ai to unlock export." |
"""
)


def no(code: int, status: int = 200, **headers: str) -> Reply:
    """Return a refusal as the service words it."""
    told = {"code": code, "message": "because", "data": None}
    return reply(status, told, {k.replace("_", "-"): v for k, v in headers.items()})
