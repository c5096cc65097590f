"""Messages, and the streams of events that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.api.chat import APP_NAME
from nemovideo_fakeserver.api.openapi import examples
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, Success, json
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.openapi.service.events import EVENTS, sample
from nemovideo_fakeserver.core.refusals import OutOfCredits, SessionUnknown
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Messages to the agent. What comes back is a stream of events, whose end is that of the connection."

SCHEMAS: Mapping[str, Schema] = EVENTS

_WORDS = {"text": js.text("What the user says")}
_ASKED = js.sheet(
    {
        "app_name": js.only(APP_NAME, "May be left out"),
        "user_id": js.nullable(js.text("`me`, or the caller's own user id", examples=["me"])),
        "session_id": js.said("The session"),
        "new_message": js.sheet(
            {
                "parts": js.each(
                    js.sheet(_WORDS),
                    "Their texts are joined by line breaks",
                    minItems=1,
                    contains=js.sheet({"text": js.text(pattern=js.INK)}, required=("text",)),
                )
            },
            required=("parts",),
        ),
    },
    required=("session_id", "new_message"),
)
_DOCUMENTED = {
    "app_name": APP_NAME,
    "user_id": "me",
    "session_id": examples.SESSION,
    "new_message": {"parts": [{"text": "Make a 30-second lo-fi loop at 80 BPM"}]},
}


def operations(variants: Variants) -> Mapping[str, Operation]:
    """Describe what is said, in the event dialect of these variants."""
    return {
        "POST /run_sse": Operation(
            body=json(_ASKED, documented=_DOCUMENTED),
            gives={200: Success(content={"text/event-stream": _stream(variants)}, says=_SAYS)},
            refuses=(SessionUnknown, OutOfCredits),
        )
    }


_SAYS = (
    "One `data:` line and an empty line for each event, in the dialect of this world (variant `sse_dialect`);"
    " a heartbeat may be an empty `data:` line. A refusal is JSON, and never an event."
)


def _stream(variants: Variants) -> dict[str, Any]:
    """Describe a stream: 3.1 has no word for one event (3.2 has itemSchema), so that is an extension."""
    dialect = variants.sse_dialect
    others = [name for name in ("typed", "adk", "flat") if name != dialect]
    return {
        "schema": {
            "description": "A stream of Server-Sent Events",
            "contentMediaType": "text/event-stream",
        },
        "x-itemSchema": js.ref(_NAMES[dialect]),
        "examples": {
            name: {"summary": f"sse_dialect={name}", "value": sample(name)}
            for name in (dialect, *others)
        },
    }


_NAMES = {"typed": "TypedEvent", "adk": "AdkEvent", "flat": "FlatEvent"}
