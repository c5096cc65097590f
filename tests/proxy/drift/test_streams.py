"""Events and what a stream of them tells."""

from __future__ import annotations

import json

import pytest
from httpx_sse._decoders import SSEDecoder
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.drift.frames import Frame, frames_of
from nemovideo_proxy.drift.streams import stream_of
from nemovideo_proxy.model import Piece
from support.proxy_recordings import streamed

LINES = st.lists(
    st.sampled_from(
        ("data: a", "data:b", "data", ": c", "event: d", "", "", "nonsense", "data:  é")
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(("\n", "\r\n", "\r")), st.data())
def test_events_are_those_of_another_reader(
    lines: list[str], end: str, data: st.DataObject
) -> None:
    """Data and names of events are what httpx-sse reads from the same lines, however they are cut."""
    body = "".join(line + end for line in lines).encode()
    cut = data.draw(st.integers(0, len(body)))
    pieces = (Piece(1.0, cut), Piece(2.0, len(body) - cut))
    decoder = SSEDecoder()
    events = [event for line in lines if (event := decoder.decode(line)) is not None]

    mine = [f for f in frames_of(body, pieces) if f.data is not None]

    # without data it is no event, says the standard; httpx-sse gives one that is only named
    theirs = [(e.data, e.event) for e in events if e.data or e.event == "message"]
    assert [(f.data, f.event or "message") for f in mine if f.data] == [t for t in theirs if t[0]]


def test_an_event_came_with_its_last_byte() -> None:
    """The time of an event is that of the piece its empty line ends in."""
    body = b"data: 1\n\n: hi\ndata: 2\n\ndata: 3\n"
    pieces = (Piece(0.5, 8), Piece(1.5, 1), Piece(2.5, 6), Piece(3.5, 16))

    assert list(frames_of(body, pieces)) == [
        Frame(at=1.5, data="1"),
        Frame(at=2.5, data=None),
        Frame(at=3.5, data="2"),
    ]


def _data(value: object) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


TYPED = (
    {"type": "text", "content": "a"},
    {"type": "text", "content": "b"},
    {"type": "heartbeat"},
    {"type": "tool_call", "name": "x", "args": {}},
    {"type": "tool_result", "name": "x", "result": {}},
)
ADK = (
    {"content": {"parts": [{"text": "a"}]}, "partial": True},
    {"content": {"parts": [{"text": "b"}]}},
    {"content": {"parts": [{"functionCall": {"id": "1"}}]}},
    {"content": {"parts": [{"functionResponse": {"id": "1"}}]}},
)
FLAT = ({"text": "a"}, {"text": "b"})


@pytest.mark.parametrize(
    ("events", "order"),
    [
        (TYPED, ("text", "tool_call", "tool_result")),
        (ADK, ("text", "tool_call", "tool_result")),
        (FLAT, ("text",)),
        (({"error": "boom"},), ("error",)),
        (({"content": {"parts": []}},), ("nothing",)),
        (([1],), ("other",)),
    ],
)
def test_all_dialects_have_an_order(events: tuple[object, ...], order: tuple[str, ...]) -> None:
    """Runs of one kind are one, heartbeats are none, in every dialect."""
    told = stream_of(streamed(1, [(float(n), _data(event)) for n, event in enumerate(events)]))

    assert told.order == order


def test_heartbeats_of_every_kind_have_gaps() -> None:
    """Typed heartbeats, empty data and comments are signs of life; silence counts between any two frames."""
    beats = [(15.0, b"data:\n\n"), (30.0, _data({"type": "heartbeat"})), (46.0, b": ping\n\n")]
    told = stream_of(streamed(1, [(1.0, _data(TYPED[3])), *beats, (47.0, b"data: {\n\n")]))

    assert told.gaps == (15.0, 16.0)
    assert told.longest_silence == 16.0
    assert told.order == ("tool_call", "no JSON")
    assert told.is_silent_edit


def test_comments_alone_are_an_empty_stream() -> None:
    """A stream without a single event says nothing, however many comments it has."""
    assert stream_of(streamed(1, [(1.0, b": ping\n\n")])).says_nothing
