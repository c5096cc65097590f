"""What users wish for, in two languages, and two ways to have it done by the client of this repository."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nemovideo_client import Conversation, NemoClient, Problem
from nemovideo_client.errors import NemoError

WORDS: Mapping[str, Mapping[str, str]] = {
    "make": {"en": "Make a 10 second video of a beach", "zh": "生成一段10秒的海滩视频"},
    "demo": {"en": "make the demo film", "zh": "Make the demo film"},
    "title": {"en": 'Add the title "Hello", white', "zh": "加一个白色的标题“你好”"},
    "music": {"en": "Add calm piano music at 40% volume", "zh": "加一段平静的钢琴音乐，音量40%"},
    "louder": {"en": "Make the music louder", "zh": "音乐大声一点"},
    "talk": {"en": "What can you do?", "zh": "你能做什么？"},
    "credits": {"en": "How many credits do I have left?", "zh": "还剩多少积分？"},
    "state": {"en": "What's on the timeline?", "zh": "时间线上有什么？"},
    "export": {"en": "export", "zh": "导出"},
    "upload": {"en": "Here is my clip", "zh": "这是我的视频"},
}
"""By wish and language. A scripted turn may be for an English message alone."""


@dataclass(kw_only=True)
class User(ABC):
    """Somebody with wishes; `problems` are the names of the errors that they met."""

    nemo: NemoClient
    conversation: Conversation
    clip: Path
    language: str
    problems: list[str] = field(default_factory=list)

    def wish(self, *wishes: str) -> None:
        """Have one thing done after the other."""
        for wish in wishes:
            self.have(wish, WORDS[wish][self.language])

    @abstractmethod
    def have(self, wish: str, words: str) -> None:
        """Have one thing done."""


class Programmer(User):
    """Calls the client's methods."""

    def have(self, wish: str, words: str) -> None:
        """Have one thing done, with the method for it."""
        calls: dict[str, Callable[[], object]] = {
            "credits": self.nemo.credits,
            "state": self.nemo.state,
            "export": lambda: self.nemo.export(self.clip.with_name("film.mp4")),
            "upload": lambda: self.nemo.upload(self.clip),
        }
        try:
            calls.get(wish, lambda: self.nemo.chat(words))()
        except NemoError as error:
            self.problems.append(type(error).__name__)


class Talker(User):
    """Says what is wished for, and leaves the rest to the conversation."""

    def have(self, wish: str, words: str) -> None:
        """Have one thing done, by saying so."""
        files = [str(self.clip)] if wish == "upload" else []
        for shown in self.conversation.say(words, files=files):
            if isinstance(shown, Problem):
                self.problems.append(type(shown.error).__name__)
