"""One recording, written for each who replays it: ours, vcrpy and mitmdump.

It is one conversation of messages that all differ, and one poll of the credits at its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from nemovideo_proxy.cassette import Writer
from nemovideo_proxy.model import Header, Interaction, Piece, Request, Response

SENT = {"Authorization": "Bearer nmv_usr_0000000001", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer."""

    method: str
    path: str
    asked: bytes
    told: bytes


def message(number: int) -> Exchange:
    """Return one message, and what came of it."""
    said = {"session_id": "9847032180034465677", "text": f"message {number}"}
    parts = [{"text": f"part {n} of {number}", "at": n} for n in range(8)]
    return Exchange(
        method="POST",
        path="/run_sse",
        asked=_json(said),
        told=_json({"code": 0, "data": {"parts": parts}}),
    )


POLL = Exchange(
    method="GET",
    path="/api/credits/balance/simple",
    asked=b"",
    told=b'{"code":0,"data":{"available":100,"frozen":0,"total":100}}',
)


def recording(length: int) -> Iterator[Exchange]:
    """Yield so many exchanges, the last of which is the poll."""
    yield from map(message, range(1, length))
    yield POLL


def cassette(path: Path, length: int) -> Path:
    """Write a cassette of our own."""
    header = Header(upstream="http://api.test", recorded_at="2026-01-01T00:00:00Z", harness="0")
    with Writer.create(path, header) as writer:
        for number, each in enumerate(recording(length), 1):
            size = len(each.told)
            headers = (("Content-Type", "application/json"), ("Content-Length", str(size)))
            request = Request(
                method=each.method, url=each.path, headers=tuple(SENT.items()), body=each.asked
            )
            response = Response(
                status=200, reason="OK", headers=headers, body=each.told, pieces=(Piece(0.0, size),)
            )
            writer.add(
                Interaction(number=number, at=float(number), request=request, response=response)
            )
    return path


def vcr_cassette(path: Path, length: int) -> Path:
    """Write the same for vcrpy."""
    interactions = [
        {
            "request": {
                "method": each.method,
                "uri": "http://api.test" + each.path,
                "body": each.asked.decode(),
                "headers": {name: [value] for name, value in SENT.items()},
            },
            "response": {
                "status": {"code": 200, "message": "OK"},
                "headers": {"Content-Type": ["application/json"]},
                "body": {"string": each.told.decode()},
            },
        }
        for each in recording(length)
    ]
    with path.open("w") as file:
        yaml.dump({"version": 1, "interactions": interactions}, file, Dumper=yaml.CDumper)
    return path


def flows(path: Path, length: int, port: int) -> Path:
    """Write the same for mitmdump, whose upstream is at `port`."""
    from mitmproxy import http as mitm
    from mitmproxy.io import FlowWriter
    from mitmproxy.test import tflow

    fields = mitm.Headers([(name.encode(), value.encode()) for name, value in SENT.items()])
    with path.open("wb") as file:
        writer = FlowWriter(file)  # type: ignore[no-untyped-call] # it has no types
        for each in recording(length):
            url = f"http://127.0.0.1:{port}{each.path}"
            flow = tflow.tflow(
                req=mitm.Request.make(each.method, url, each.asked, fields),
                resp=mitm.Response.make(200, each.told, {"Content-Type": "application/json"}),
            )
            writer.add(flow)
    return path


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
