"""From a stream's events to words for people, as soon as a sentence is whole.

The service talks as if there were a screen ("click Export"); such talk is taken out, and what it asks
for is remembered. Tool events and heartbeats are nobody's business but ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nemovideo_client.display import Say
from nemovideo_client.events import Notice, Text
from nemovideo_client.talk.gui import Action, translate

_SENTENCES = re.compile(r".*(?:[.!?](?=\s)|[。！？\n])\s*", re.DOTALL)
"""As much of a text as is whole sentences."""


class Speaker:
    """Hears events, and gives what to show; `actions` are what the answer asked to be done."""

    def __init__(self) -> None:
        self._rest = ""
        self._said = False
        self.actions: list[Action] = []

    def hear(self, event: Any) -> Iterator[Any]:
        """Return what to show for an event."""
        match event:
            case Text(text, done):
                yield from self._words(text, done=done)
            case Notice():
                yield event

    def _words(self, text: str, *, done: bool) -> Iterator[Say]:
        self._rest += text
        if done:
            ready, self._rest = self._rest, ""
        elif whole := _SENTENCES.match(self._rest):
            ready, self._rest = whole[0], self._rest[whole.end() :]
        else:
            return
        translation = translate(ready)
        self.actions.extend(translation.actions)
        if translation.text.strip():
            self._said = True
            yield Say(translation.text, done=done)
        elif done and self._said:
            yield Say("")
        if done:
            self._said = False
