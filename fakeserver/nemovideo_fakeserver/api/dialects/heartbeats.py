"""Signs of life between events: documented as `{"type":"heartbeat"}` or an empty `data:` line."""

from __future__ import annotations

from nemovideo_fakeserver.core.turns import Heartbeat
from nemovideo_fakeserver.wire import sse

TYPED = sse.event({"type": "heartbeat"})


def frame(heartbeat: Heartbeat, kind: str) -> bytes:
    """Return the heartbeat's bytes; `alternate` begins with the typed form."""
    if kind == "alternate":
        return TYPED if heartbeat.number % 2 else sse.EMPTY
    return TYPED if kind == "typed" else sse.EMPTY
