"""Act two: the client follows a SKILL.md, as an agent should.

What a person would see is printed; tokens, ids, polls and JSON stay where they belong.
"""

from __future__ import annotations

import time
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
    "Make a lo-fi hip-hop loop at 80 BPM for my clip, calm and focused, at 35% volume",
    'Add the title "Paradise Found", white, top-center, for 3 seconds with a 1s fade-in',
    "How many credits do I have left?",
    "send me the video",
)


def play(url: str, clip: Path, *, client: str = "demo-client", folder: Path = OUT) -> list[Shown]:
    """Say to the client what a user would say, show what it shows, and return that."""
    seen: list[Shown] = []
    with NemoClient(
        base_url=url,
        web_url=url,
        skill=SKILL,
        client_id=client,
        sleep=lambda seconds: time.sleep(seconds / RATE),
        now=lambda: time.time() * RATE,
    ) as nemo:
        conversation = Conversation(nemo, folder=folder)
        for number, message in enumerate(("Here is my clip", *MESSAGES)):
            step(f"{message}{'' if number else f' [{clip}]'}")
            files = () if number else (str(clip),)
            for shown in conversation.say(message, files=files):
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
