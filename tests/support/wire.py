"""Talking to a brain without a door: heads and bodies in, whole replies out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from nemovideo_fakeserver.surfaces.pending import ready_sync
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Body,
    BodyPlan,
    Brain,
    Head,
    Headers,
    Reply,
    Request,
    Stream,
)
from nemovideo_fakeserver.wire.steps import Send

ENVELOPE = ["code", "message", "data"]


@dataclass(frozen=True, slots=True)
class Whole:
    """A reply with its body as bytes; a stream's are those of all its pieces, without waiting."""

    status: int
    headers: Headers
    body: bytes


def exchange(brain: Brain, head: Head, body: Body = b"") -> Whole:
    """Send one request and return the whole reply; time does not move."""
    answer = brain.admit(head)
    if isinstance(answer, BodyPlan):
        answer = brain.dispatch(Request(head=head, body=body))
    reply = ready_sync(answer)
    return Whole(reply.status, reply.headers, content(reply))


def content(reply: Reply) -> bytes:
    """Return the bytes of a reply that waits for nothing."""
    match reply.body:
        case bytes(raw):
            return raw
        case File(path=path, start=start, length=length):
            return path.read_bytes()[start : start + length]
        case Stream(steps=steps):
            pieces = (step.data for step in steps if isinstance(step, Send))
            return b"".join(piece for piece in pieces if isinstance(piece, bytes))
    raise AssertionError(f"{reply.body!r} is still to be waited for")


def refusal(response: httpx.Response) -> tuple[int, int, str]:
    """Return status, code and message of an error, whose shape must be the envelope and nothing more."""
    told: dict[str, Any] = response.json()
    assert response.headers["content-type"] == "application/json"
    assert list(told) == ENVELOPE
    assert told["data"] is None
    return response.status_code, told["code"], told["message"]


def refused(response: httpx.Response) -> tuple[int, str]:
    """Return status and sentence of a control path's no, whose shape must be theirs and nothing more."""
    told: dict[str, Any] = response.json()
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-nemo-fake"] == "control"
    assert list(told) == ["fake", "refused"]
    assert told["fake"] == "nemovideo"
    return response.status_code, told["refused"]
