"""What the data of an event says, in each dialect, and when it says nothing that anyone knows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.events import Event, Failure, Heartbeat, Text, ToolCall, ToolResult, Unknown
from nemovideo_client.wire.dialects import Whole, read

NO_REASON = Failure("The service reported an error without a reason.")


def adk(*parts: Any, **more: Any) -> dict[str, Any]:
    """An event as Google's agent server writes it."""
    return {"content": {"parts": list(parts), "role": "model"}, "author": "nemo_agent", **more}


TYPED = [
    ({"type": "text", "content": "I'll generate your video now..."}, Text("I'll generate your video now...")),
    ({"type": "tool_call", "name": "edit_multitrack", "args": {"op": "cut"}}, ToolCall("edit_multitrack", {"op": "cut"})),
    ({"type": "tool_call", "name": "edit_multitrack"}, ToolCall("edit_multitrack")),
    ({"type": "tool_call", "name": "edit_multitrack", "args": "cut"}, ToolCall("edit_multitrack")),
    ({"type": "tool_result", "name": "edit_multitrack", "result": {"ok": 1}}, ToolResult("edit_multitrack", {"ok": 1})),
    ({"type": "tool_result", "name": "edit_multitrack", "result": "ok"}, ToolResult("edit_multitrack", "ok")),
    ({"type": "heartbeat"}, Heartbeat()),
    ({"type": "heartbeat", "at": 5}, Heartbeat()),
    ({"type": "error", "message": "no"}, Failure("no")),
    ({"type": "error", "error": "no"}, Failure("no")),
    ({"type": "error", "content": "no"}, Failure("no")),
    ({"type": "error", "error": {"message": "no", "code": 5}}, Failure("no")),
    ({"type": "error", "message": "", "error": 5}, NO_REASON),
    ({"type": "error"}, NO_REASON),
    ({"type": "progress", "text": "30%"}, Unknown("progress")),
    ({"type": "text"}, Unknown("text")),
    ({"type": "text", "content": 5}, Unknown("text")),
    ({"type": "tool_call"}, Unknown("tool_call")),
    ({"type": "tool_result", "name": None}, Unknown("tool_result")),
]  # fmt: skip


@pytest.mark.parametrize(("told", "event"), TYPED)
def test_typed_events(told: dict[str, Any], event: Event) -> None:
    """Each documented kind is itself; other kinds, and kinds without what they need, are unknown."""
    assert read(json.dumps(told)) == (event,)


CALL = {"id": "call-1", "args": {"op": "add_title"}, "name": "edit_multitrack"}
ANSWER = {"id": "call-1", "name": "edit_multitrack", "response": {"status": "success"}}
CALLED, ANSWERED = (
    ToolCall("edit_multitrack", {"op": "add_title"}),
    ToolResult("edit_multitrack", {"status": "success"}),
)

ADK = {
    "words": (adk({"text": "Hello"}), [Whole("Hello")]),
    "a piece": (adk({"text": "Hel"}, partial=True), [Text("Hel", done=False)]),
    "not partial": (adk({"text": "Hello"}, partial=False), [Whole("Hello")]),
    "a call": (adk({"functionCall": CALL}), [CALLED]),
    "an answer": (adk({"functionResponse": ANSWER}), [ANSWERED]),
    "snake case": (adk({"function_call": CALL}, {"function_response": ANSWER}), [CALLED, ANSWERED]),
    "words and tools": (
        adk({"text": "Hel"}, {"functionCall": CALL}, {"text": "lo"}, {"functionCall": CALL}),
        [Whole("Hello"), CALLED, CALLED],
    ),
    "a call is not told twice": (
        adk({"text": "a"}, {"functionCall": CALL}, partial=True),
        [Text("a", done=False)],
    ),
    "a call without arguments": (adk({"functionCall": {"name": "x", "args": None}}), [ToolCall("x")]),
    "a thought": (adk({"text": "Hmm", "thought": True}, {"text": "Hello"}), [Whole("Hello")]),
    "only a thought": (adk({"text": "Hmm", "thought": True}), []),
    "no words": (adk({"text": ""}), []),
    "a signed part": (adk({"text": "a", "thoughtSignature": "x"}), [Whole("a")]),
    "state only": ({"actions": {"stateDelta": {"a": 1}}, "author": "x", "invocationId": "e"}, []),
    "state only, snake case": ({"invocation_id": "e"}, []),
    "no parts": ({"content": {"role": "model"}}, []),
    "null parts": ({"content": {"parts": None}}, []),
    "null content": ({"content": None, "author": "x"}, []),
    "other parts": (adk({"inlineData": {"data": "AAAA"}}, {}, 5), [Unknown("inlineData"), Unknown("part"), Unknown("part")]),
    "a call without a name": (adk({"functionCall": {"id": "call-1"}}), [Unknown("functionCall")]),
    "an error that is raised": ({"error": "RuntimeError: boom happened", "error_details": {"error_message": "boom"}}, [Failure("RuntimeError: boom happened")]),
    "an error with its details inside": ({"error": {"code": 5, "message": "boom"}}, [Failure("boom")]),
    "an error code": ({"author": "x", "errorCode": "SAFETY", "errorMessage": "blocked"}, [Failure("blocked")]),
    "an error code alone": ({"errorCode": "SAFETY", "errorMessage": None}, [Failure("SAFETY")]),
    "an error code, snake case": ({"error_code": "SAFETY", "error_message": "blocked"}, [Failure("blocked")]),
    "an error after words": (adk({"text": "a"}, errorCode="MAX_TOKENS"), [Whole("a"), Failure("MAX_TOKENS")]),
    "no error": (adk({"text": "a"}, error=None, errorCode=None), [Whole("a")]),
}  # fmt: skip


@pytest.mark.parametrize(("told", "events"), ADK.values(), ids=ADK)
def test_adk_events(told: dict[str, Any], events: list[Event | Whole]) -> None:
    """Words come first and joined, then tools in order; thoughts and state are not shown."""
    assert read(json.dumps(told)) == tuple(events)


@pytest.mark.parametrize(
    ("data", "event"),
    [
        ('{"text":"Hel"}', Text("Hel", done=False)),
        ('{"text":"Hel","id":1}', Text("Hel", done=False)),
        ("", Heartbeat()),
        (" \n", Heartbeat()),
        ("token=nmv_usr_secret", Unknown("not json")),
        ('{"type":"text"', Unknown("not json")),
        ("[" * 100_000, Unknown("not json")),
        ("9" * 5000, Unknown("not json")),
        ("null", Unknown("untyped")),
        ('["text"]', Unknown("untyped")),
        ('{"content":"words"}', Unknown("untyped")),
        ('{"type":5}', Unknown("untyped")),
        ('{"error":null}', Unknown("untyped")),
        ("{}", Unknown("untyped")),
    ],
    ids=lambda value: str(value)[:20],
)
def test_other_data(data: str, event: Event) -> None:
    """Flat text is a piece, empty data a heartbeat; the rest is unknown and is not repeated."""
    assert read(data) == (event,)


WORDS = st.sampled_from(
    ["type", "text", "content", "parts", "functionCall", "functionResponse", "name", "args", "error",
     "errorCode", "message", "partial", "thought", "author", "tool_call", "heartbeat", "a"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES.map(json.dumps) | st.text())
def test_nothing_raises(data: str) -> None:
    """Whatever the service sends, it is read as some events or as none."""
    known = (Text, Whole, ToolCall, ToolResult, Heartbeat, Failure, Unknown)

    assert all(isinstance(event, known) for event in read(data))
