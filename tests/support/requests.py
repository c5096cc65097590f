"""Requests of every kind, for Hypothesis: from noise to what a route would accept.

In what is drawn, `{session}`, `{uid}`, `{task}` and `{token}` stand for what a test has at hand.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from nemovideo_fakeserver.wire.messages import Body, Malformed, Spooled, TooLarge

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Clean text: a door hands nothing else over."""

methods = st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]) | text
parts = st.sampled_from(["me", "{session}", "{uid}", "r1", "lambda", ""]) | text.map(quote) | text
paths = st.one_of(
    text.map(lambda t: "/" + t),
    st.lists(parts, max_size=8).map(lambda p: "/" + "/".join(p)),
    st.sampled_from(["/~w/run_sse", "/~/x", "/v1/run", "*", ""]),
)
messages = st.sampled_from(["edit 20", "generate 100", "fail 20", "text 5"]) | text
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | messages
    | st.sampled_from(["me", "{session}", "{uid}", "{task}", "r1", "next", "mp4", "read", "720p"])
    | st.sampled_from(["https://x.test/a.mp4", "nemo_agent", "url"])
)
KEYS = [
    "task_name",
    "language",
    "task_id",
    "session_id",
    "app_name",
    "user_id",
    "new_message",
    "parts",
    "text",
    "urls",
    "source_type",
    "id",
    "sessionId",
    "draft",
    "output",
    "t",
    "tt",
    "sg",
    "s",
    "d",
    "m",
    "src",
    "format",
    "resolution",
    "fps",
    "name",
    "scopes",
    "expires_in_days",
    "rate",
    "jump",
    "credits",
    "plan",
    "token",
    "at",
    "do",
    "status",
    "delay",
    "times",
    "faults",
    "line",
    "kind",
    "query",
    "sequence",
    "exactly",
    "after",
    "what",
    "ready",
    "accounts",
    "turns",
]
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | text, inner, max_size=6)
    ),
    max_leaves=10,
)
GOOD: tuple[dict[str, Any], ...] = (
    {"task_name": "project", "language": "en"},
    {"task_id": "{task}", "session_id": "{session}"},
    {"session_id": "{session}", "new_message": {"parts": [{"text": "edit 20"}]}},
    {"urls": ["https://x.test/a.mp4"]},
    {"id": "r2", "sessionId": "{session}", "draft": {"t": [{"tt": 0, "sg": [{}]}]}},
    {"name": "mine", "scopes": ["read"], "expires_in_days": 90},
    {"rate": 0, "jump": 5},
    {"ready": "happy"},
    {"name": "mia", "credits": 5, "turns": [{"when": "hello", "steps": [{"text": "Hi"}]}]},
    {"credits": 5},
    {"plan": "paid"},
    {"at": "POST /run_sse", "do": {"status": 503}, "times": 2, "side": "after"},
    {"faults": [{"at": "turn.heartbeat[2]", "do": {"break": "reset"}, "probability": 0.5}]},
    {"line": "POST /run_sse", "status": 200, "body": {"session_id": "{session}"}},
    {"query": {"kind": "turn.ended", "what": {"spent": 50}}, "at_least": 1},
    {"sequence": ["POST /api/auth/anonymous-token", "POST /run_sse"], "strict": True},
)
objects = st.tuples(
    st.sampled_from(GOOD), st.dictionaries(st.sampled_from(KEYS), values, max_size=2)
).map(lambda pair: pair[0] | pair[1])
documents = st.sampled_from(GOOD) | objects | values
bodies: st.SearchStrategy[Body] = st.one_of(
    documents.map(lambda value: json.dumps(value).encode()),
    documents.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")),
    st.binary(max_size=200),
    st.sampled_from([Spooled(()), TooLarge(5, 6), Malformed("It ends too early.")]),
)
named = st.sampled_from(
    [
        "authorization",
        "content-type",
        "x-client-id",
        "x-skill-source",
        "range",
        "if-range",
        "origin",
        "expect",
    ]
)
said = text | st.sampled_from(
    ["Bearer {token}", "Bearer clm_x", "multipart/form-data; boundary=x", "bytes=0-5", "bytes=-0"]
)
headers = st.lists(st.tuples(named, said), max_size=4)
