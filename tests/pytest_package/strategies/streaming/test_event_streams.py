"""Event streams: two readers that share no code with them find what they tell."""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import httpx_sse
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from nemovideo_client.events import Event, Failure, TurnResult
from nemovideo_client.wire.sse import Decoder
from nemovideo_client.wire.turns import Turn
from nemovideo_pytest.strategies import EventStream, Piece, Told, chunkings, event_streams

BOTH = {"Heartbeat(empty=True)", "Heartbeat(empty=False)"}
UNSHRUNK = settings(phases=[Phase.generate], max_examples=2_000)
BROKEN = {
    "closed": None,
    "reset": httpx.ReadError,
    "truncated": httpx.RemoteProtocolError,
    "half_closed": httpx.RemoteProtocolError,
    "stall": httpx.ReadTimeout,
}
CUT = event_streams().flatmap(lambda s: st.tuples(st.just(s), chunkings(s.data)))


def heard(
    stream: EventStream, chunks: Sequence[bytes]
) -> tuple[list[str], list[Event], TurnResult, type[Exception] | None]:
    """What the client of this repository makes of a stream: data, events, result, and how it ended."""
    decoder, turn, broken = Decoder(), Turn(0.0), None
    data: list[str] = []
    shown: list[Event] = []
    try:
        for chunk in stream.read(chunks):
            for event in decoder.feed(chunk):
                data.append(event.data)
                shown += turn.feed(event.data, 0.0)
    except httpx.TransportError as error:
        broken = type(error)
    shown += turn.end("closed", 0.0)
    return data, shown, turn.result(), broken


@settings(max_examples=100)
@given(CUT)
def test_the_client_hears_what_is_told(cut: tuple[EventStream, tuple[bytes, ...]]) -> None:
    """Texts, tool calls, signs of life, the error and the end: in any dialect, in any chunks."""
    stream, chunks = cut
    told = stream.told

    data, shown, result, broken = heard(stream, chunks)

    assert tuple(data) == stream.payloads
    assert result.messages == told.texts
    assert result.heartbeats == told.heartbeats
    assert [(c.name, c.args) for c in result.tool_calls] == [
        (c.name, c.args) for c in told.tool_calls
    ]
    failures = [event.message for event in shown if isinstance(event, Failure)]
    assert failures == ([] if told.error is None else [told.error])
    assert broken is BROKEN[stream.end]


@settings(max_examples=60)
@given(
    event_streams(bom=False, ends=["closed"]).flatmap(
        lambda s: st.tuples(st.just(s), chunkings(s.data))
    )
)
def test_httpx_sse_finds_the_same_events(cut: tuple[EventStream, tuple[bytes, ...]]) -> None:
    """Without a byte order mark, of which it makes something else, it reads all data."""
    stream, chunks = cut

    found = [e.data for e in httpx_sse.EventSource(stream.response(chunks)).iter_sse()]

    assert tuple(found) == stream.payloads


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda s: s.data.startswith(b"\xef\xbb\xbf"), id="mark"),
        pytest.param(lambda s: b"\r\n" in s.data, id="CRLF"),
        pytest.param(lambda s: b"\r\r" in s.data, id="CR"),
        pytest.param(lambda s: b": keep-alive" in s.data, id="comment"),
        pytest.param(lambda s: any("\n" in p for p in s.payloads), id="several lines"),
        pytest.param(lambda s: s.lasts > 250, id="long silence"),
        pytest.param(lambda s: s.unfinished and s.end == "reset", id="cut inside an event"),
        pytest.param(lambda s: set(map(repr, s.told.events)) >= BOTH, id="heartbeats"),
        pytest.param(lambda s: s.told.error and s.told.tool_results, id="fails after tools"),
    ],
)
def test_what_readers_stumble_over_can_be_had(wanted: object) -> None:
    """Each of the freedoms of the standard, and of the service, comes up."""
    assert callable(wanted)
    found = find(event_streams(), lambda stream: bool(wanted(stream)), settings=UNSHRUNK)
    assert found.pieces


@pytest.mark.parametrize("dialect", ["typed", "adk", "flat"])
def test_the_smallest_stream_says_a(dialect: str) -> None:
    """One event with one letter, in one piece, that ends as it should."""
    streams = event_streams(dialects=[dialect])  # type: ignore[list-item]  # one of them
    said = find(streams, lambda stream: bool(stream.told.texts))

    assert said.told.texts == ("a",)
    assert (said.end, said.lasts, len(said.pieces)) == ("closed", 0.0, 1)


@settings(max_examples=60)
@given(st.binary(max_size=200).flatmap(lambda d: st.tuples(st.just(d), chunkings(d))))
def test_chunks_lose_nothing(cut: tuple[bytes, tuple[bytes, ...]]) -> None:
    """Joined they are the bytes, and none of them is empty."""
    data, chunks = cut

    assert b"".join(chunks) == data
    assert all(chunks)


@pytest.mark.parametrize(
    ("data", "at"), [("é".encode(), 1), (b"a\r\nb", 2), ("🎬".encode(), 3), (b"data\n", 4)]
)
def test_cuts_fall_where_it_hurts(data: bytes, at: int) -> None:
    """Inside a character, between CR and LF, before a line end."""
    assert find(chunkings(data), lambda c: len(c) > 1 and len(c[0]) == at)


def test_a_stream_passes_with_its_gaps() -> None:
    """Who reads pieces waits between them; who reads chunks does not."""
    told = Told(events=(), dialect="typed")
    pieces = (Piece(0.0, b"data:\n\n"), Piece(15.0, b"data:\n\n"))
    stream = EventStream(told=told, pieces=pieces, payloads=("", ""), end="reset")
    waited: list[float] = []

    with pytest.raises(httpx.ReadError):
        list(stream.response(sleep=waited.append).iter_bytes())

    assert (waited, stream.lasts) == ([15.0], 15.0)
