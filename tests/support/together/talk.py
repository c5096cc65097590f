"""One user who talks, and what is shown to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nemovideo_client import NemoClient
from nemovideo_client.display import Link, Shown, Timeline, Working
from support.together.house import House
from support.together.lines import SAY

GUI = ("click", "drag", "panel", "button", "tab", "点击", "拖", "面板", "按钮")
LANGUAGES = ("en", "zh")
REAL = pytest.mark.house(agent="real")


class Talk:
    """One user's conversation, and everything it ever showed."""

    def __init__(self, house: House, folder: Path, nemo: NemoClient | None = None) -> None:
        self.nemo = nemo or house.client()
        self.folder = folder
        self.bytes: list[Working] = []
        self._conversation = house.conversation(
            self.nemo, folder=folder, on_bytes=self.bytes.append
        )

    def say(self, text: str, *files: Path, well: bool = True) -> list[Shown]:
        """Say something; `well` is whether it should go well."""
        stream = self._conversation.say(text, files=[str(file) for file in files])
        shown = list(stream)
        assert stream.result is well, shown
        said = " ".join(words(thing) for thing in shown).lower()
        assert not [word for word in GUI if word in said], said
        return shown


def of(kind: type[Any], shown: list[Shown]) -> list[Any]:
    """Return what was shown of one kind."""
    return [thing for thing in shown if isinstance(thing, kind)]


def words(thing: Shown) -> str:
    """Return what a person reads of it."""
    match thing:
        case Timeline(lines):
            return " ".join(lines)
        case Link(label):
            return label
        case _:
            return thing.text


def texts(house: House) -> list[str]:
    """Return what went to the chat."""
    return [seen.json()["new_message"]["parts"][0]["text"] for seen in house.meddler.asked(SAY)]
