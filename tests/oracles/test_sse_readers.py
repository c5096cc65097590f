"""Two readers that are not ours agree with the client's decoder: Node's own EventSource, and httpx-sse."""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import httpx
import httpx_sse
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_client.wire.sse import Decoder, ServerSentEvent

READER = Path(__file__).with_name("parse_sse.mjs")
Reader: TypeAlias = Callable[[bytes], list[ServerSentEvent]]

# Streams are made of lines. The values left out are where a reader departs from the standard:
# Node forgets to reset the last id by an empty one, and an event's name by an empty one;
# httpx-sse takes a retry with a sign, with spaces around it or in the digits of another script.

ENDS = st.sampled_from([b"\n", b"\r", b"\r\n"])
SPACES = st.sampled_from([b"", b" ", b"  "])
GARBAGE = st.lists(
    st.sampled_from([b"a", b":", b" ", b"\0", b"\xff", b"\xe4", b"\xbd", b"\xef\xbb\xbf", "你".encode(), "\u2028\x0b\x85".encode()])
    | st.binary(max_size=3).map(lambda raw: raw.translate(None, b"\r\n")),
    max_size=6,
).map(b"".join)  # fmt: skip


def field(name: bytes, values: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Lines of a field, with and without the space."""
    return st.builds(lambda space, value: name + b":" + space + value, SPACES, values)


DATA = field(b"data", GARBAGE) | st.just(b"data")
OTHER = st.one_of(
    field(b"event", st.sampled_from([b"add", "新".encode(), b"message", b"a:b"])),
    field(b"id", st.sampled_from([b"1", b"x y", b"\xff", b"7\x007"])),
    st.sampled_from([b"retry: 250", b"retry:0250", b"retry: soon", b"retry: 1.5", b"retry"]),
    field(b"", GARBAGE),
    field(b"what", GARBAGE),
    st.sampled_from([b"datas", b" data: a", b"Data: a"]),
)


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """Any stream, from a byte order mark to a last event that is not finished."""
    lines = draw(st.lists(DATA | OTHER | st.just(b""), max_size=20))
    start = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    tail = draw(st.sampled_from([b"", b"data: unfinished", b"data"]))
    return start + b"".join(line + draw(ENDS) for line in lines) + tail


@st.composite
def tame_streams(draw: st.DrawFn) -> bytes:
    """A stream without what else httpx-sse departs in.

    It loses the first event after a byte order mark; it makes an event of a block without data that
    has a name or a retry, and of any blank line once there was an id. So there is no mark, each block
    has data, and one blank line ends it.
    """
    stream = b""
    for _ in range(draw(st.integers(0, 5))):
        others = st.lists(DATA | OTHER, max_size=4)
        block = [*draw(others), draw(DATA), *draw(others), b""]
        stream += b"".join(line + draw(ENDS) for line in block)
    return stream + draw(st.sampled_from([b"", b"data: unfinished", b"data: unfinished\n"]))


def ours(*chunks: bytes) -> list[ServerSentEvent]:
    """What the client's decoder reads."""
    decoder = Decoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


@pytest.fixture(scope="module")
def node() -> Iterator[Reader]:
    """Node's own EventSource, in one process for all streams; it does not tell a retry."""
    line = ["node", "--no-warnings", "--experimental-eventsource"]
    if not shutil.which("node"):
        pytest.skip("node is not on PATH")
    if subprocess.run([*line, "-e", "EventSource"], capture_output=True, check=False).returncode:
        pytest.skip("this node has no EventSource; 20.18 has")
    with subprocess.Popen(
        [*line, str(READER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        to_node, from_node = process.stdin, process.stdout

        def read(stream: bytes) -> list[ServerSentEvent]:
            to_node.write(b64encode(stream).decode() + "\n")
            to_node.flush()
            return [ServerSentEvent(**event) for event in json.loads(from_node.readline())]

        yield read


def without_retry(events: list[ServerSentEvent]) -> list[ServerSentEvent]:
    """The events as someone sees them who is not told a retry."""
    return [ServerSentEvent(event=event.event, data=event.data, id=event.id) for event in events]


@settings(max_examples=60)
@given(stream=streams())
def test_node_reads_the_same(node: Reader, stream: bytes) -> None:
    """Names, data and ids of any stream are those that the EventSource of Node dispatches."""
    assert without_retry(ours(stream)) == node(stream)


def httpx_sse_reads(*chunks: bytes) -> list[ServerSentEvent]:
    """What httpx-sse reads."""
    head = {"content-type": "text/event-stream"}
    read = httpx_sse.EventSource(httpx.Response(200, headers=head, content=iter(chunks))).iter_sse()
    return [ServerSentEvent(event=e.event, data=e.data, id=e.id, retry=e.retry) for e in read]


@settings(max_examples=60)
@given(stream=tame_streams(), place=st.integers(0, 100))
def test_httpx_sse_reads_the_same(stream: bytes, place: int) -> None:
    """Where httpx-sse follows the standard, all four fields are the same, in any two chunks."""
    chunks = [chunk for chunk in (stream[:place], stream[place:]) if chunk]

    assert ours(*chunks) == httpx_sse_reads(*chunks)
