"""Server-Sent Events as NemoVideo writes them: one `data:` line and a blank line per event.

Documented (public skill page 52127510908): no `event:` names, no ids, no closing event.
"""

from __future__ import annotations

import json
from typing import Any

EMPTY = b"data:\n\n"
"""The empty `data:` line that some heartbeats are."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def event(data: Any) -> bytes:
    """Encode one event whose data is a JSON value; JSON has no line breaks, so one line holds it."""
    return b"data: " + _encode(data).encode() + b"\n\n"
