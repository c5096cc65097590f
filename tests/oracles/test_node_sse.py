"""Two event-stream readers that are not ours: one in JavaScript, written from the standard, and httpx-sse."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx_sse
import pytest

from support.caller import Caller

READER = Path(__file__).with_name("read_sse.mjs")

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="node is not on PATH")

EDIT = [
    {"type": "tool_call", "name": "edit_multitrack", "args": {"op": "add_title"}},
    {"type": "heartbeat"},
    None,
    {"type": "tool_result", "name": "edit_multitrack", "result": {"status": "success"}},
]
TALK = [{"type": "text", "content": "Hello, 你好"}]
ASKED = [("edit 40", EDIT), ("text 5", TALK)]
"""Messages of the scripted agent, and what our generator is then asked to send; None is an empty line."""


@pytest.fixture
def caller(scripted_server: str, world: str) -> Iterator[Caller]:
    """A caller in a world of its own, over a real connection."""
    with httpx.Client(base_url=scripted_server + world, trust_env=False) as http:
        yield Caller(http).connect()


def node(*arguments: str, given: bytes = b"") -> list[dict[str, str]]:
    """Return the events the JavaScript reader sees."""
    line = ["node", str(READER), *arguments]
    done = subprocess.run(line, input=given, capture_output=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr.decode()
    read: list[dict[str, str]] = json.loads(done.stdout)
    return read


def data(read: list[dict[str, str]]) -> list[Any]:
    """Return what events say, None for an empty one; none has a name or an id."""
    assert all(event["type"] == "message" and event["id"] == "" for event in read)
    return [json.loads(event["data"]) if event["data"] else None for event in read]


@needs_node
@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", ["YHOO\n+2\n10"]),
        (b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event", ["first event", "second event"]),
        (b"data\n\ndata\ndata\n\ndata:", ["", "\n"]),
        (b"data:test\n\ndata: test\n\n", ["test", "test"]),
        (b"\xef\xbb\xbfdata: a\r\rdata: b\r\n\r\n\r\ndata:\n\n", ["a", "b", ""]),
    ],
    ids=["stocks", "four blocks", "empty", "space", "line ends"],
)  # fmt: skip
def test_the_reader_knows_the_standard(stream: bytes, expected: list[str]) -> None:
    """The examples of the standard, and all its line ends, come out as it says."""
    assert [event["data"] for event in node(given=stream)] == expected


@needs_node
@pytest.mark.parametrize(("text", "sent"), ASKED)
def test_node_reads_what_we_were_asked_to_send(caller: Caller, text: str, sent: list[Any]) -> None:
    """Over a real connection every event arrives whole, in order, and nothing else does."""
    headers = json.dumps(caller.headers | {"Content-Type": "application/json"})
    url = f"{caller.http.base_url}run_sse"

    assert data(node(url, headers, json.dumps(caller.message(text)))) == sent


@pytest.mark.parametrize(("text", "sent"), ASKED)
def test_httpx_sse_reads_what_we_were_asked_to_send(
    caller: Caller, text: str, sent: list[Any]
) -> None:
    """A second reader agrees."""
    body = caller.message(text)
    with httpx_sse.connect_sse(
        caller.http, "POST", "/run_sse", headers=caller.headers, json=body
    ) as source:
        read = [{"type": e.event, "data": e.data, "id": e.id} for e in source.iter_sse()]

    assert data(read) == sent
