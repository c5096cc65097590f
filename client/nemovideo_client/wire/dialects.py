"""What the data of one event says, in any of three dialects; each event is read on its own.

    typed   {"type":"text","content":...}     documented (public skill page 52127510908)
    ADK     {"content":{"parts":[...]},...}   inferred: Google's agent server has the same path and body
    flat    {"text":...}                      what a third-party client reads (55942617650)

Nothing raises here, and nothing but words, names and reasons leaves: a stream that cannot be read
must not take a paid turn down with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from nemovideo_client.events import Event, Failure, Heartbeat, Text, ToolCall, ToolResult, Unknown
from nemovideo_client.models import Json


@dataclass(frozen=True, slots=True)
class Whole:
    """A message of the ADK dialect, complete. Pieces that came before have told it already."""

    text: str


Told: TypeAlias = Event | Whole

_REASONS = (
    "message", "error", "content",
    "errorMessage", "error_message", "errorCode", "error_code",
)  # fmt: skip
_NO_REASON = "The service reported an error without a reason."
_ADK_ERROR = frozenset({"errorMessage", "error_message", "errorCode", "error_code"})
_ADK = _ADK_ERROR | {"author", "actions", "invocationId", "invocation_id"}


def read(data: str) -> tuple[Told, ...]:
    """Return what one event tells; an empty one is a heartbeat, one that only moves state is nothing."""
    if not data.strip():
        return (Heartbeat(),)
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return (Unknown("not json"),)
    return tuple(_read(told))


def _read(told: Any) -> Iterator[Told]:
    match told:
        case {"type": str(kind)}:
            yield _typed(kind, told)
        case {"text": str(text)}:
            yield Text(text, done=False)
        case {"error": str() | dict()}:
            yield Failure(_reason(told))
        case {"content": dict()}:
            yield from _adk(told)
        case dict() if told.keys() & _ADK:
            yield from _adk(told)
        case _:
            yield Unknown("untyped")


def _typed(kind: str, told: Json) -> Event:
    match told:
        case {"type": "text", "content": str(text)}:
            return Text(text)
        case {"type": "tool_call", "name": str(name)}:
            return ToolCall(name, _arguments(told.get("args")))
        case {"type": "tool_result", "name": str(name)}:
            return ToolResult(name, told.get("result"))
        case {"type": "heartbeat"}:
            return Heartbeat()
        case {"type": "error"}:  # assumed: no document shows an error event
            return Failure(_reason(told))
    return Unknown(kind)


def _adk(told: Json) -> Iterator[Told]:
    """Tell an event's words, then its tools. What a partial one calls, the whole one calls again."""
    parts = _parts(told.get("content"))
    words = "".join(_words(part) for part in parts)
    if told.get("partial"):
        yield Text(words, done=False)
    else:
        if words:
            yield Whole(words)
        for part in parts:
            yield from _tool(part)
    if any(told.get(key) is not None for key in _ADK_ERROR):
        yield Failure(_reason(told))


def _parts(content: Any) -> list[Any]:
    match content:
        case {"parts": list(parts)}:
            return parts
    return []


def _words(part: Any) -> str:
    """Return the words of a part that are for the user; a model's thoughts are not."""
    match part:
        case {"thought": True}:
            return ""
        case {"text": str(text)}:
            return text
    return ""


def _tool(part: Any) -> Iterator[Event]:
    match part:
        case {"functionCall": {"name": str(name)} as call} | {
            "function_call": {"name": str(name)} as call
        }:
            yield ToolCall(name, _arguments(call.get("args")))
        case {"functionResponse": {"name": str(name)} as answer} | {
            "function_response": {"name": str(name)} as answer
        }:
            yield ToolResult(name, answer.get("response"))
        case {"text": str()}:
            return
        case _:
            yield Unknown(next(iter(part), "part") if isinstance(part, dict) else "part")


def _arguments(args: Any) -> Json:
    return args if isinstance(args, dict) else {}


def _reason(told: Json) -> str:
    """Return the first reason an error gives, at its top or inside its `error`."""
    inner = told.get("error")
    places = (told, inner) if isinstance(inner, dict) else (told,)
    given = (place.get(key) for place in places for key in _REASONS)
    return next((reason for reason in given if isinstance(reason, str) and reason), _NO_REASON)
