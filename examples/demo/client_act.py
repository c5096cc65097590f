"""Act two: the client follows a SKILL.md, as an agent should.

What a person would see is printed; tokens, ids, polls and JSON stay where they belong.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from examples.demo.console import step, told
from examples.demo.server import RATE
from nemovideo_client import (
    Conversation,
    Delivered,
    Link,
    NemoClient,
    Problem,
    Say,
    Shown,
    Status,
    Suggestion,
    Timeline,
    Working,
)

SKILL = Path(__file__).parents[1] / "skills" / "topmediai-ai-music-generator" / "SKILL.md"
OUT = Path("demo-out")
MESSAGES = (
    "Make a lo-fi hip-hop loop at 80 BPM for my clip, calm and focused, at 35% volume, and duck it under the waves",
    'Add the title "Paradise Found", white, 96pt, top-center, for 3 seconds with a 1s fade-in',
    "How many credits do I have left?",
    "send me the video",
)


def play(url: str, clip: Path, *, client: str = "demo-client", folder: Path = OUT) -> list[Shown]:
    """Say to the client what a user would say, show what it shows, and return that."""
    with opened(url, client) as nemo:
        conversation = Conversation(nemo, folder=folder)
        step(f"Here is my clip [{clip}]")
        seen = listen(conversation.say("Here is my clip", files=(str(clip),)))
        for message in MESSAGES:
            step(message)
            seen += listen(conversation.say(message))
    return seen


def opened(url: str, client: str) -> NemoClient:
    """Return a client of the server at `url`, to whom the time goes as fast as to that."""
    return NemoClient(
        base_url=url,
        web_url=url,
        skill=SKILL,
        client_id=client,
        sleep=lambda seconds: time.sleep(seconds / RATE),
        now=lambda: time.time() * RATE,
    )


def listen(said: Iterable[Shown]) -> list[Shown]:
    """Show what the client shows, as it comes, and return it."""
    seen = []
    for shown in said:
        show(shown)
        seen.append(shown)
    return seen


def film(seen: list[Shown]) -> Path:
    """Return the film that was delivered."""
    return next(shown.path for shown in seen if isinstance(shown, Delivered))


def show(shown: Shown) -> None:
    """Print one thing that the client shows."""
    match shown:
        case Status(text) | Say(text) | Suggestion(text) | Working(text=text):
            told(text)
        case Timeline(lines):
            for line in lines:
                told(line)
        case Link(label, url):
            told(f"{label}: {url}")
        case Delivered(path, size, text):
            told(f"{text} {path} ({size:,} bytes)")
        case Problem(text):
            raise SystemExit(text)
