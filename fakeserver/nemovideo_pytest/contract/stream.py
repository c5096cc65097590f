"""Reading an event stream as the documents print it: `data:` lines, each with an empty line behind it.

Whatever dialect a service speaks, an event is about one of five things: a text, a tool's call, its
result, a sign of life, an error.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; `at` is in seconds after the message was sent, `data` what stands behind `data:`."""

    at: float
    data: str

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object in it; empty for an empty line."""
        return json.loads(self.data) if self.data else {}

    @property
    def kind(self) -> str:
        """`text`, `tool_call`, `tool_result`, `heartbeat`, `error`, or what else it calls itself."""
        body = self.body
        if not self.data:
            return "heartbeat"
        if "type" in body:
            return str(body["type"])
        if "error" in body:
            return "error"
        if "text" in body:
            return "text"
        return _part_kind(body)

    @property
    def text(self) -> str:
        """What is said in it; nothing in events of other kinds, and in pieces that come again whole."""
        body = self.body
        if self.kind != "text" or body.get("partial"):
            return ""
        return str(body.get("content") or body["text"]) if "content" not in body else _said(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All events of one stream, and when it ended, in seconds after the message was sent."""

    events: tuple[Event, ...]
    ended: float

    @property
    def kinds(self) -> list[str]:
        """What its events are about, without the signs of life."""
        return [event.kind for event in self.events if event.kind != "heartbeat"]

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [event.text for event in self.events if event.text]

    @property
    def beats(self) -> list[Event]:
        """The signs of life."""
        return [event for event in self.events if event.kind == "heartbeat"]

    def of(self, kind: str) -> list[Event]:
        """Return the events of a kind."""
        return [event for event in self.events if event.kind == kind]


def events(pieces: Iterable[bytes], since: Callable[[], float]) -> Iterator[Event]:
    """Yield the events in pieces of bytes; `since` says how many seconds have passed."""
    rest = b""
    for piece in pieces:
        *blocks, rest = (rest + piece).split(b"\n\n")
        at = since()
        for block in blocks:
            yield Event(at=at, data=_data(block))
    assert not rest.strip(), f"the stream ends in the middle of an event: {rest[:80]!r}"


def _data(block: bytes) -> str:
    lines = block.decode().split("\n")
    assert all(line.startswith("data:") for line in lines), (
        f"only data lines are documented: {lines}"
    )
    return "\n".join(line.removeprefix("data:").strip() for line in lines)


def _part_kind(body: dict[str, Any]) -> str:
    (part,) = body["content"]["parts"]
    if "functionCall" in part:
        return "tool_call"
    return "tool_result" if "functionResponse" in part else "text"


def _said(body: dict[str, Any]) -> str:
    content = body["content"]
    return content if isinstance(content, str) else str(content["parts"][0]["text"])
