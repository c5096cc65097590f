"""What a stream of events tells, without its words: the order of kinds, its heartbeats, its silences.

Three dialects are understood: typed events, those of Google's agent server, and words alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, pairwise
from typing import Any

from nemovideo_proxy.drift.frames import Frame, frames_of
from nemovideo_proxy.drift.shapes import Shape, shape_of, union
from nemovideo_proxy.model import Interaction

HEARTBEATS = frozenset(("comment", "empty", "heartbeat"))
WORDS = "text"
_PARTS = {"text": WORDS, "functionCall": "tool_call", "functionResponse": "tool_result"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A stream: kinds of events in order (runs of one kind are one), gaps in seconds, shapes by kind.

    `bare`: its events, if any, are words and nothing else, so that an edit cannot be told from talk.
    """

    events: int
    order: tuple[str, ...]
    gaps: tuple[float, ...]
    longest_silence: float
    shapes: dict[str, Shape]
    bare: bool

    @property
    def says_nothing(self) -> bool:
        """Whether not a single event came."""
        return not self.events

    @property
    def is_edit(self) -> bool:
        """Whether a tool was called."""
        return "tool_call" in self.order

    @property
    def is_silent_edit(self) -> bool:
        """Whether tools were called, and not a word said."""
        return self.is_edit and WORDS not in self.order


def is_stream(interaction: Interaction) -> bool:
    """Return whether the reply is a stream of events."""
    response = interaction.response
    kind = (response.header("content-type") or "") if response else ""
    return kind.partition(";")[0].strip().lower() == "text/event-stream"


def stream_of(interaction: Interaction) -> Stream:
    """Return what the stream of an interaction, which has one, tells."""
    response = interaction.response
    assert response is not None
    body = response.body if isinstance(response.body, bytes) else b""
    told = [(frame, *_told(frame)) for frame in frames_of(body, response.pieces)]
    kinds = [kind for _, kind, _ in told if kind not in HEARTBEATS]
    beats = [frame.at for frame, kind, _ in told if kind in HEARTBEATS]
    times = [response.at, *(frame.at for frame, _, _ in told)]
    return Stream(
        events=sum(frame.data is not None for frame, _, _ in told),
        order=tuple(kind for kind, _ in groupby(kinds)),
        gaps=tuple(round(after - before, 3) for before, after in pairwise(beats)),
        longest_silence=max((b - a for a, b in pairwise(times)), default=0.0),
        bare=all(
            isinstance(value, dict) and set(value) == {"text"}
            for _, kind, value in told
            if kind not in HEARTBEATS
        ),
        shapes=_shapes([(kind, value) for _, kind, value in told if isinstance(value, dict)]),
    )


def _shapes(values: list[tuple[str, Any]]) -> dict[str, Shape]:
    by_kind: dict[str, list[Shape]] = {}
    for kind, value in values:
        by_kind.setdefault(kind, []).append(shape_of(value))
    return {kind: reduce(union, shapes) for kind, shapes in by_kind.items()}


def events_of(interaction: Interaction) -> list[tuple[str, Any]]:
    """Return the kind and the JSON value of each event that is no heartbeat."""
    response = interaction.response
    body = response.body if response and isinstance(response.body, bytes) else b""
    told = [_told(frame) for frame in frames_of(body, response.pieces if response else ())]
    return [(kind, value) for kind, value in told if kind not in HEARTBEATS]


def _told(frame: Frame) -> tuple[str, Any]:
    if frame.data is None:
        return "comment", None
    if not frame.data.strip():
        return "empty", None
    try:
        value = json.loads(frame.data)
    except ValueError:
        return "no JSON", None
    return frame.event + _kind(value), value


def _kind(value: Any) -> str:
    match value:
        case {"type": str(kind)}:
            return kind
        case {"content": {"parts": list(parts)}}:
            kinds = [_PARTS.get(key, key) for part in parts for key in part if key in _PARTS]
            return "+".join(dict.fromkeys(kinds)) or "nothing"
        case {"error": _} | {"errorCode": _}:
            return "error"
        case {"text": str()}:
            return WORDS
        case _:
            return "other"
