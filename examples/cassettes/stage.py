"""What an act has at hand: where to go, and clients in the time of what answers there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from examples.cassettes.children import RATE
from nemovideo_client import NemoClient

SKILL = Path(__file__).parents[1] / "skills" / "topmediai-ai-music-generator" / "SKILL.md"
ATTRIBUTION = {
    "X-Skill-Source": "topmediai-ai-music-generator",
    "X-Skill-Version": "1.0.0",
    "X-Skill-Platform": "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where an act is played: `url` answers, `folder` is for what is made, `token` gives one from earlier.

    `clip` is what is uploaded; None: one that is made, whose bytes are those of this machine's encoder.

    `sleep` waits so many of the service's seconds, `now` tells them. With a `transport` nothing is on a port.
    """

    url: str
    folder: Path
    token: Callable[[], str]
    sleep: Callable[[float], None] = lambda seconds: time.sleep(seconds / RATE)
    now: Callable[[], float] = lambda: time.time() * RATE
    transport: httpx.BaseTransport | None = None
    clip: Path | None = None

    def client(self) -> NemoClient:
        """Return a client in the service's time."""
        own = httpx.Client(transport=self.transport) if self.transport else None
        return NemoClient(
            base_url=self.url,
            web_url="https://nemovideo.com",
            skill=SKILL,
            client_id="somebody-who-records",
            sleep=self.sleep,
            now=self.now,
            http_client=own,
        )

    def http(self, token: str | None = None) -> httpx.Client:
        """Return a bare client, for what a good client would not do."""
        authorization = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(
            base_url=self.url,
            headers=ATTRIBUTION | authorization,
            timeout=60,
            transport=self.transport,
        )


def first_token(fake: str) -> str:
    """Return the token of the first account of a fake's scenario."""
    accounts = httpx.get(f"{fake}/__fake__/accounts").json()["accounts"]
    return str(accounts[0]["tokens"][0]["value"])
