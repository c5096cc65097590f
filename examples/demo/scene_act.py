"""Act three: a film out of nothing but words, in Chinese. Music and title come with it."""

from __future__ import annotations

from pathlib import Path

from examples.demo import client_act
from examples.demo.console import step
from examples.demo.sheet.tracks import Draft
from nemovideo_client import Conversation

MESSAGES = (
    "生成一段10秒的竖屏视频：霓虹灯下的海滨城市，配上70 BPM的平静lo-fi音乐",
    "把视频发给我",
)


def play(url: str) -> tuple[Path, Draft]:
    """Ask for a film and for its file; return that, and the draft it was made from."""
    with client_act.opened(url, "scene-client") as nemo:
        conversation = Conversation(nemo, folder=client_act.OUT)
        for message in MESSAGES:
            step(message)
            seen = client_act.listen(conversation.say(message))
        return client_act.film(seen), nemo.state().draft
