"""What differs between a recorded request and a live one, place by place, and how much that is."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from nemovideo_proxy.matching.asked import Asked
from nemovideo_proxy.matching.standins import alike

LONGEST = 2000
"""Characters of a value that are told at all."""

_NOTHING = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """At a place the recording has one thing and the request another; None where there is nothing."""

    place: str
    recorded: str | None
    asked: str | None

    def __str__(self) -> str:
        return (
            f"{self.place}: recorded {self.recorded or 'nothing'}, asked {self.asked or 'nothing'}"
        )


def differences(recorded: Asked, asked: Asked) -> tuple[Difference, ...]:
    """Return every difference in what the requests ask for."""
    return tuple(_differences(recorded, asked))


def likeness(recorded: Asked, asked: Asked) -> float:
    """Return how much alike two requests are, from 0 to 1: same route counts most, then the body."""
    same_method = recorded.method == asked.method
    path = _alike(_path(recorded), _path(asked))
    body = 1 / (1 + sum(1 for _ in _inside("body", recorded.meaning, asked.meaning)))
    return 0.2 * same_method + 0.5 * path + 0.3 * body


def _differences(recorded: Asked, asked: Asked) -> Iterator[Difference]:
    if recorded.method != asked.method:
        yield Difference("method", recorded.method, asked.method)
    if not alike(unquote(_path(recorded)), unquote(_path(asked))):
        yield Difference("path", _path(recorded), _path(asked))
    yield from _inside("query", _query(recorded), _query(asked))
    yield from _inside("body", recorded.meaning, asked.meaning)
    if recorded.has_token != asked.has_token:
        yield Difference("authorization", _token(recorded), _token(asked))


def _path(asked: Asked) -> str:
    return asked.signature.shape.partition("?")[0]


def _query(asked: Asked) -> dict[str, str]:
    return dict(parse_qsl(asked.signature.shape.partition("?")[2], keep_blank_values=True))


def _token(asked: Asked) -> str | None:
    return "a token" if asked.has_token else None


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return 0.8 * difflib.SequenceMatcher(None, one.split("/"), other.split("/")).ratio()


def _inside(place: str, one: Any, other: Any) -> Iterator[Difference]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            yield from _inside(f"{place}.{key}", one.get(key, _NOTHING), other.get(key, _NOTHING))
    elif isinstance(one, list) and isinstance(other, list):
        for index in range(max(len(one), len(other))):
            yield from _inside(f"{place}[{index}]", _at(one, index), _at(other, index))
    elif isinstance(one, str) and isinstance(other, str) and alike(one, other):
        return
    elif one is _NOTHING or other is _NOTHING or one != other:
        yield Difference(place, _shown(one), _shown(other))


def _at(values: list[Any], index: int) -> Any:
    return values[index] if index < len(values) else _NOTHING


def _shown(value: Any) -> str | None:
    if value is _NOTHING:
        return None
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
