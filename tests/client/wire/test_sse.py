"""Server-Sent Events: what the standard says, however the bytes are cut."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.wire.sse import Decoder, EventTooLong, ServerSentEvent


def decode(*chunks: bytes) -> list[ServerSentEvent]:
    """The events of a stream that arrives in these chunks and then ends."""
    decoder = Decoder()
    events = [event for chunk in chunks for event in decoder.feed(chunk)]
    decoder.finish()
    return events


def data(*chunks: bytes) -> list[str]:
    """What the events say."""
    return [event.data for event in decode(*chunks)]


def message(text: str, id: str = "", retry: int | None = None) -> ServerSentEvent:  # noqa: A002 its name
    """An event without a name."""
    return ServerSentEvent(data=text, id=id, retry=retry)


# The examples of the standard (sections 9.2.1 and 9.2.6)

EXAMPLES = {
    "three messages": (
        (
            b"data: This is the first message.\n\n"
            b"data: This is the second message, it\ndata: has two lines.\n\n"
            b"data: This is the third message.\n\n"
        ),
        [
            message("This is the first message."),
            message("This is the second message, it\nhas two lines."),
            message("This is the third message."),
        ],
    ),
    "named events": (
        b"event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
        [
            ServerSentEvent(event="add", data="73857293"),
            ServerSentEvent(event="remove", data="2153"),
            ServerSentEvent(event="add", data="113411"),
        ],
    ),
    "a stock ticker": (b"data: YHOO\ndata: +2\ndata: 10\n\n", [message("YHOO\n+2\n10")]),
    "four blocks": (
        (
            b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n"
            b"data:  third event\n\n"
        ),
        [message("first event", id="1"), message("second event"), message(" third event")],
    ),
    "two events and a beginning": (b"data\n\ndata\ndata\n\ndata:", [message(""), message("\n")]),
    "one space does not matter": (b"data:test\n\ndata: test\n\n", [message("test")] * 2),
}


@pytest.mark.parametrize(("stream", "events"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_examples_of_the_standard(stream: bytes, events: list[ServerSentEvent]) -> None:
    """They mean what the standard says they mean."""
    assert decode(stream) == events


# Fields and lines

CASES = {
    "nothing": (b"", []),
    "blank lines": (b"\n\n\r\r\r\n\r\n", []),
    "an empty heartbeat": (b"data:\n\n", [message("")]),
    "LF": (b"data: a\ndata: b\n\n", [message("a\nb")]),
    "CR": (b"data: a\rdata: b\r\r", [message("a\nb")]),
    "CRLF": (b"data: a\r\ndata: b\r\n\r\n", [message("a\nb")]),
    "all line ends": (b"data: a\rdata: b\r\ndata: c\n\r", [message("a\nb\nc")]),
    "no other line ends": (
        "data: a\x0b\x0c\x1c\x85\u2028b\n\n".encode(),
        [message("a\x0b\x0c\x1c\x85\u2028b")],
    ),
    "a byte order mark": (b"\xef\xbb\xbfdata: a\n\n", [message("a")]),
    "one byte order mark only": (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n", []),
    "a byte order mark inside": (b"\n\xef\xbb\xbfdata: a\n\n", []),
    "comments": (b":\n: data: a\n:data: b\ndata: c\n: d\n\n", [message("c")]),
    "a colon in the value": (b"data: a: b\n\n", [message("a: b")]),
    "a tab is no space": (b"data:\ta\n\n", [message("\ta")]),
    "unknown fields": (b"what: a\nData: b\n data: c\ndata : d\n\n", []),
    "an event without data": (
        b"event: a\n\ndata: b\n\n",
        [message("b")],
    ),
    "an empty name": (b"event: a\nevent:\ndata: b\n\n", [message("b")]),
    "a name for one event": (
        b"event: a\ndata: b\n\ndata: c\n\n",
        [ServerSentEvent(event="a", data="b"), message("c")],
    ),
    "an id alone is no event": (b"id: 1\n\n\n\ndata: a\n\n", [message("a", id="1")]),
    "an id stays": (b"id: 1\ndata: a\n\ndata: b\n\n", [message("a", id="1"), message("b", id="1")]),
    "an id with NUL is none": (b"id: 1\nid: 2\0\ndata: a\n\n", [message("a", id="1")]),
    "retry": (b"retry: 0250\ndata: a\n\ndata: b\n\n", [message("a", retry=250), message("b")]),
    "retry alone is no event": (b"retry: 5\n\ndata: a\n\n", [message("a")]),
    "invalid bytes": (b"data: \xff\xe4\xbd\ndata: \xe4\xbd\xa0\n\n", [message("\ufffd\ufffd\n你")]),
    "cut off before the blank line": (b"data: a\n\ndata: b\n", [message("a")]),
    "cut off in a line": (b"data: a\n\ndata: b", [message("a")]),
}  # fmt: skip


@pytest.mark.parametrize(("stream", "events"), CASES.values(), ids=CASES)
def test_fields_and_lines(stream: bytes, events: list[ServerSentEvent]) -> None:
    """Each rule of the standard holds, in one piece and byte by byte."""
    assert decode(stream) == events
    assert decode(*(bytes([byte]) for byte in stream)) == events


@pytest.mark.parametrize("value", ["+5", "-5", "5.0", "5 ", "  5", "", "٣", "²", "9" * 5000])
def test_what_is_no_retry_is_ignored(value: str) -> None:
    """Only ASCII digits, in a number one could wait for, are a time."""
    stream = f"retry: {value}\ndata: a\n\n".encode()

    assert decode(stream) == [message("a")]


def test_the_end_says_whether_something_was_cut_off() -> None:
    """A whole event, a comment or an id leave nothing; data or part of a line do."""
    ends = {}
    for stream in (b"", b"data: a\n\n", b": a\n", b"id: 1\n", b"data: a\n", b"data: a", b"da"):
        decoder = Decoder()
        list(decoder.feed(stream))
        ends[stream] = decoder.finish()

    assert [stream for stream, cut_off in ends.items() if cut_off] == [b"data: a\n", b"data: a", b"da"]  # fmt: skip


def test_an_event_comes_as_soon_as_its_line_ends() -> None:
    """A CR is enough; the LF that may follow in the next chunk is not waited for, nor a line."""
    decoder = Decoder()

    assert list(decoder.feed(b"data: a\r\n\r")) == [message("a")]
    assert list(decoder.feed(b"\ndata: b\r\n")) == []
    assert list(decoder.feed(b"\r")) == [message("b")]
    assert list(decoder.feed(b"")) == []
    assert list(decoder.feed(b"\n")) == []
    assert list(decoder.feed(b"data: c\n\n")) == [message("c")]


# Limits


def test_events_before_one_that_is_too_long_still_come() -> None:
    """The chunk is read up to the byte that is too many."""
    feed = Decoder(limit=10).feed(b"data: abcd\n\ndata: abcde\n\n")

    assert next(feed) == message("abcd")
    with pytest.raises(EventTooLong, match="more than 10 bytes"):
        next(feed)


@pytest.mark.parametrize(
    ("stream", "fits"),
    [
        (b"data: abcd\n\n" * 3, True),
        (b": comment\n" * 9 + b"id: 12345\n" * 9 + b"data: abcd\n\n", True),
        (b"data:\ndata:\n\n", True),
        (b"data:\ndata:\nd\n\n", False),
        (b": a comment that never ends", False),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100])
def test_the_limit_is_for_what_has_to_be_kept(stream: bytes, fits: bool, size: int) -> None:
    """The data of one event and the line at hand count, in chunks of any size; the rest does not."""
    decoder = Decoder(limit=10)

    def read() -> list[ServerSentEvent]:
        chunks = (stream[at : at + size] for at in range(0, len(stream), size))
        return [event for chunk in chunks for event in decoder.feed(chunk)]

    if fits:
        assert read()
    else:
        with pytest.raises(EventTooLong):
            read()


def test_a_megabyte_byte_by_byte() -> None:
    """Work grows with the bytes, not with their square: this would take minutes otherwise."""
    text = "x" * 1_000_000

    assert data(*(bytes([byte]) for byte in f"data: {text}\n\n".encode())) == [text]


# Any stream, any cut

FRAGMENTS = st.sampled_from(
    [b"data", b"event", b"id", b"retry", b":", b" ", b"\n", b"\r", b"\r\n", b"\n\n", b"\0", b"7",
     b"a", "你".encode(), b"\xef\xbb\xbf", b"\xe4", b"\xbd", b"\xff", b"data: a\n\n", b"id: 1\n"]
)  # fmt: skip
STREAMS = st.lists(FRAGMENTS | st.binary(max_size=4), max_size=30).map(b"".join)


def cut(stream: bytes, places: Iterable[int]) -> list[bytes]:
    """The stream in pieces; places beyond its end cut nothing, two at one place make an empty piece."""
    ends = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[start:end] for start, end in pairwise(ends)]


@given(stream=STREAMS, places=st.lists(st.integers(0, 200), max_size=10))
def test_how_bytes_are_cut_does_not_matter(stream: bytes, places: list[int]) -> None:
    """The events of a stream are the same in any chunks."""
    assert decode(*cut(stream, places)) == decode(stream)


NAMES = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=8)
EVENTS = st.builds(
    ServerSentEvent,
    event=NAMES.filter(bool),
    data=st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])),
    id=NAMES,
    retry=st.none() | st.integers(0, 10**15 - 1),
)


def encode(event: ServerSentEvent, end: str) -> bytes:
    """An event as a server may write it, with everything said."""
    lines = [f"event: {event.event}", f"id: {event.id}"]
    lines += [f"data: {line}" for line in event.data.split("\n")]
    lines += [] if event.retry is None else [f"retry: {event.retry}"]
    return end.join([*lines, "", ""]).encode()


@given(events=st.lists(EVENTS, max_size=5), end=st.sampled_from(["\n", "\r", "\r\n"]))
def test_what_is_written_is_read(events: list[ServerSentEvent], end: str) -> None:
    """Encoding events and decoding them gives the events."""
    assert decode(b"".join(encode(event, end) for event in events)) == events
