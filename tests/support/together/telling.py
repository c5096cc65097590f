"""What a stream is told to tell."""

from __future__ import annotations

import json
from typing import Any

from nemovideo_client.events import TurnResult
from nemovideo_fakeserver.wire.steps import Cut
from support.meddling.acts import frames
from support.together.house import House
from support.together.lines import SAY

SEEDANCE = "generate_video_with_seedance"
READY = "Your video is ready! Click Export to save it."


def event(**data: Any) -> bytes:
    """Return an event of the typed dialect."""
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def told(house: House, *timed: tuple[float, bytes | Cut], text: str = "text 5") -> TurnResult:
    """Say `text`, let the stream be these pieces at these times, and return what it came to."""
    house.meddler.on(SAY, after=frames(*timed))
    return house.client().chat(text)
