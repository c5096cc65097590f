"""Plain lines, for pipes and files: what a person asked for to stdout, what goes on meanwhile to stderr."""

from __future__ import annotations

import sys

from nemovideo_client.cli.clean import clean
from nemovideo_client.cli.front import size
from nemovideo_client.display import (
    Delivered,
    Link,
    Problem,
    Say,
    Shown,
    Status,
    Suggestion,
    Timeline,
    Working,
)
from nemovideo_client.models import Json


class PlainFront:
    """Prints. A status is told once, however often it comes."""

    def __init__(self) -> None:
        self._noted = ""
        self._open = False

    def show(self, thing: Shown) -> None:
        """Print a thing."""
        if isinstance(thing, Say):
            self._say(clean(thing.text), done=thing.done)
            return
        self.close()
        match thing:
            case Status(text) | Working(text=text):
                self._note(clean(text))
            case Problem(text):
                print(f"nemo-client: {clean(text)}", file=sys.stderr, flush=True)
            case _:
                print(clean(_lines(thing)), flush=True)

    def result(self, value: Json | None) -> None:
        """Print nothing: all was said."""

    def close(self) -> None:
        """End the line that is being written."""
        if self._open:
            print(flush=True)
        self._open = False

    def _say(self, text: str, *, done: bool) -> None:
        if done:
            text = text.rstrip("\n")
        if text or self._open:
            print(text, end="\n" if done else "", flush=True)
            self._open = not done

    def _note(self, text: str) -> None:
        if text != self._noted:
            print(text, file=sys.stderr, flush=True)
        self._noted = text


def _lines(thing: Timeline | Link | Delivered | Suggestion) -> str:
    match thing:
        case Timeline(lines):
            return "\n".join(lines)
        case Link(label, url):
            return f"{label}: {url}"
        case Delivered(path, _, text):
            return f"{text} {path} ({size(thing)})"
        case Suggestion(text):
            return text
