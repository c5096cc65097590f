"""Questions to the journal, as `verify` reads them from plain JSON."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, json, ok
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.verify.kinds import KINDS

ABOUT = "Questions to the journal: which requests came, how often, in which order."

_EQUALS = js.record({"$equals": js.anything()}, "Exactly this value")
_ABSENT = js.record({"$absent": js.only(value=True)}, "There is none")
_CONTAINS = js.record({"$contains": js.each(js.ref("Pattern"))}, "A list that has each of these")
_PARTS = js.table(
    js.ref("Pattern"),
    "The keys it names; others are open",
    propertyNames={"pattern": r"^(?!\\$)"},
)
_PLACE = js.either(
    {"type": "number", "description": "Virtual seconds since 1970"},
    js.record({"fact": {"type": "integer"}}, "The number of a fact"),
)
_COMMON = {
    "account": js.ref("TextPattern"),
    "session": js.ref("TextPattern"),
    "token": js.ref("TextPattern"),
    "what": _PARTS,
    "after": _PLACE,
    "before": _PLACE,
}
_REQUESTS = {
    "kind": js.only("request"),
    "line": js.text(
        "Method and path: * is any method, {} any one segment",
        pattern="^[^ /]+ /[^?]*$",
        examples=["POST /run_sse"],
    ),
    "status": {"type": "integer", "description": "The HTTP status of the reply"},
    "code": js.nullable({"type": "integer", "description": "The business code; null: no envelope"}),
    "headers": js.table(js.ref("TextPattern"), "By name"),
    "query": js.either(js.ref("TextPattern"), js.table(js.ref("TextPattern"), "By name")),
    "body": js.ref("Pattern"),
    **_COMMON,
}
_FACTS = {"kind": js.choice(*(kind for kind in KINDS if kind != "request")), **_COMMON}
_FOUND = {
    "account": js.nullable(js.text()),
    "session": js.nullable(js.text()),
    "request": js.ref("Fact"),
    "reply": js.nullable(js.ref("Fact")),
    "acts": js.each(js.ref("Fact"), "What it did at once"),
    "frames": js.each(js.ref("Fact"), "What came of its stream"),
    "ended": js.nullable(js.ref("Fact")),
    "faults": js.each(js.ref("Fact"), "The faults that struck"),
}
_COUNT = js.nullable(js.whole())
_EXACTLY = {"exactly": _COUNT, "at_least": js.null(), "at_most": js.null()}
_BETWEEN = {"exactly": js.null(), "at_least": _COUNT, "at_most": _COUNT}
_NUMBER = js.nullable(js.whole("The number of a fact"))
_DIFFERENCE = js.record(
    {"field": js.text(), "expected": js.text(), "says": js.text(), "was": js.anything()},
    optional=("was",),
)
_STEP = js.record({"expected": js.text(), "found": _NUMBER})

SCHEMAS: Mapping[str, Schema] = {
    "Pattern": {
        "description": "A value itself; or keys, a list, or words with a dollar, that a value must have",
        "anyOf": [
            {"type": ["string", "number", "boolean", "null"]},
            js.each(js.ref("Pattern")),
            _PARTS,
            _EQUALS,
            _ABSENT,
            _CONTAINS,
        ],
    },
    "TextPattern": {
        "description": "A text, or a regular expression between slashes; null: there is none",
        "anyOf": [js.text(), js.null(), _EQUALS, _ABSENT],
    },
    "Query": {
        "description": "Requests, or facts of another kind, that have all of this",
        "anyOf": [
            js.record(_REQUESTS, optional=tuple(_REQUESTS)),
            js.record(_FACTS, optional=tuple(_COMMON)),
        ],
    },
    "Asked": js.either(_REQUESTS["line"], js.ref("Query")),
    "Verification": {
        "description": "How often something came, once at least unless said; or in which order",
        "anyOf": [
            js.record({"query": js.ref("Asked"), **_EXACTLY}, optional=tuple(_EXACTLY)),
            js.record({"query": js.ref("Asked"), **_BETWEEN}, optional=tuple(_BETWEEN)),
            js.record(
                {"sequence": js.each(js.ref("Asked"), minItems=1), "strict": js.flag()},
                optional=("strict",),
            ),
        ],
    },
    "Exchange": js.record(_FOUND, "A request with what came of it"),
    "Found": {"oneOf": [js.ref("Exchange"), js.ref("Fact")]},
    "Outcome": js.record(
        {
            "ok": js.flag(),
            "expected": js.text("What was asked, in words"),
            "seen": js.whole(),
            "found": js.each(js.whole(), "The numbers of what was found"),
            "nearest": js.nullable(js.ref("Found")),
            "score": js.number("How near that came", maximum=1),
            "differences": js.each(_DIFFERENCE),
            "steps": js.each(_STEP),
            "instead": js.nullable(js.ref("Found")),
            "early": js.nullable(js.ref("Found")),
            "dropped": js.whole("How many facts the journal has let go"),
            "says": js.text("All of it in words"),
        }
    ),
}


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe asking and verifying."""
    found = {"count": js.whole(), "found": js.each(js.ref("Found"))}
    line = "POST /run_sse"
    return {
        "POST /__fake__/journal/find": Operation(
            body=json(js.ref("Query"), messages={"line": line}, settled={"kind": "turn.ended"}),
            gives=ok(js.record(found)),
        ),
        "POST /__fake__/journal/verify": Operation(
            body=json(
                js.ref("Verification"),
                once={"query": {"line": line}, "exactly": 1},
                order={"sequence": ["POST /api/auth/anonymous-token", line]},
            ),
            gives=ok(js.ref("Outcome")),
        ),
    }
