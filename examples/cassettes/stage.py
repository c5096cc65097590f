"""What an act has at hand: where the recorder is, where the fake behind it is, and a client in its time."""

from __future__ import annotations

import time
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
    """`url` is the recorder's, `behind` the fake's own; `folder` is for what an act makes."""

    url: str
    behind: str
    folder: Path

    def client(self) -> NemoClient:
        """Return a client whose waits pass as fast as the fake's time."""
        return NemoClient(
            base_url=self.url,
            web_url="https://nemovideo.com",
            skill=SKILL,
            client_id="somebody-who-records",
            sleep=lambda seconds: time.sleep(seconds / RATE),
            now=lambda: time.time() * RATE,
        )

    def http(self, token: str | None = None) -> httpx.Client:
        """Return a bare client, for what a good client would not do."""
        authorization = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=ATTRIBUTION | authorization, timeout=60)

    def token(self) -> str:
        """Return the token of the first account of the fake's scenario; this is not recorded."""
        accounts = httpx.get(f"{self.behind}/__fake__/accounts").json()["accounts"]
        return str(accounts[0]["tokens"][0]["value"])
