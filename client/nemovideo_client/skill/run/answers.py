"""What the answers so far have said: values by name, the last ones first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PATH = re.compile(r"(?:\.(?:[A-Za-z_][\w-]*)?|\[\d+\]|\[?\"[^\"]+\"\]?|\?)+")
_STEP = re.compile(r"\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\"([^\"]+)\"")
_DEEPEST = 30
LONGEST_STREAM = 2_000
"""Events of a stream that are looked at."""

NOTHING: Any = object()
"""What a path leads to where there is nothing."""


class Answers:
    """Remembers the fields of answers."""

    def __init__(self) -> None:
        self._fields: dict[str, Any] = {}

    def learn(self, value: Any) -> None:
        """Remember the fields of an answer; inner ones go first."""
        for name, found in _fields(value, 0):
            self._fields[name] = found

    def get(self, name: str) -> str | None:
        """Return a field as text, or None."""
        if name not in self._fields:
            return None
        return written(self._fields[name])


def _fields(value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for name, inner in value.items():
            if inner is not None:
                yield name, inner
            yield from _fields(inner, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for inner in value[:50]:
            yield from _fields(inner, depth + 1)


def parsed(body: str) -> Any:
    """Return the value of a body; NOTHING where it is not JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return NOTHING


def written(value: Any) -> str:
    """Return a value as `jq -r` prints it."""
    return (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    )


def at(value: Any, path: str) -> Any:
    """Return what a path of jq leads to (`.data.token`, with or without a default); NOTHING for any other program."""
    plain = path.strip().partition("//")[0].strip()
    if plain == "." or not _PATH.fullmatch(plain):
        return value if plain == "." else NOTHING
    for name, number, quoted in _STEP.findall(plain):
        key = name or quoted
        if key:
            value = value.get(key, NOTHING) if isinstance(value, dict) else NOTHING
        else:
            value = (
                value[int(number[:6])]
                if isinstance(value, list) and int(number[:6]) < len(value)
                else NOTHING
            )
    return value


def texts(stream: str) -> Iterator[str]:
    """Give what the events of a stream say to a user, in any of the three dialects."""
    for line in stream.split("\n")[:LONGEST_STREAM]:
        event = parsed(line[5:]) if line.startswith("data:") else None
        if not isinstance(event, dict):
            continue
        if isinstance(event.get("content"), str) and event.get("type") == "text":
            yield event["content"]
        elif isinstance(event.get("text"), str):
            yield event["text"]
        elif isinstance(event.get("content"), dict):
            parts = event["content"].get("parts")
            for part in parts if isinstance(parts, list) else ():
                if isinstance(part, dict) and isinstance(part.get("text"), str):
                    yield part["text"]
