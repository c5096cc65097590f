"""The dialects: in which JSON each thing is told. An empty text is an empty `data:` line.

Sources: the typed events of the vendor's reference (public skill page 52127510908); the events of Google's
Agent Development Kit, whose server has the same path and body; `{"text": ...}` as a third-party client
reads it (55942617650). What an error looks like no document shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nemovideo_pytest.strategies.streaming.telling import (
    Dialect,
    Failure,
    Heartbeat,
    Telling,
    ToolCall,
    ToolResult,
    Words,
)


def values(told: Telling, dialect: Dialect, cuts: tuple[int, ...] = ()) -> Iterator[Any]:
    """Yield the JSON values that tell something; None stands for an empty event.

    In the ADK dialect words come in pieces, cut at `cuts`, and then once more whole.
    """
    match dialect:
        case "typed":
            yield _typed(told)
        case "adk":
            yield from _adk(told, cuts)
        case "flat":
            yield _flat(told)


def _typed(told: Telling) -> Any:
    match told:
        case Words(text):
            return {"type": "text", "content": text}
        case ToolCall(name, args):
            return {"type": "tool_call", "name": name, "args": args}
        case ToolResult(name, result):
            return {"type": "tool_result", "name": name, "result": result}
        case Heartbeat(empty):
            return None if empty else {"type": "heartbeat"}
        case Failure(reason):
            return {"type": "error", "content": reason}


def _adk(told: Telling, cuts: tuple[int, ...]) -> Iterator[Any]:
    match told:
        case Words(text):
            for begin, end in zip((0, *cuts), (*cuts, len(text)), strict=True):
                if cuts and end > begin:
                    yield {**_event({"text": text[begin:end]}), "partial": True}
            yield _event({"text": text})
        case ToolCall(name, args):
            yield _event({"functionCall": {"id": "call-1", "name": name, "args": args}})
        case ToolResult(name, result):
            answer = {"id": "call-1", "name": name, "response": result}
            yield _event({"functionResponse": answer}, role="user")
        case Heartbeat():
            yield None
        case Failure(reason):
            yield {"error": reason}


def _event(part: Any, role: str = "model") -> dict[str, Any]:
    content = {"parts": [part], "role": role}
    return {"content": content, "author": "nemo_agent", "invocationId": "e-1"}


def _flat(told: Telling) -> Any:
    match told:
        case Words(text):
            return {"text": text}
        case Failure(reason):
            return {"error": reason}
    return None
