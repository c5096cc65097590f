"""What a meddler can do to an exchange: small named callables. `support.meddling.meddler` says when.

`reply` and `lost` go `instead` of the brain's answer; `reshape`, `lost` and all that concerns streams
come `after` the brain has acted. Those for streams raise TypeError for a reply that is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import inf
from typing import Any, NoReturn

import httpx

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire import sse
from nemovideo_fakeserver.wire.messages import Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Steps, Until
from support.meddling.rules import After

HEARTBEAT = sse.event({"type": "heartbeat"})
EVERY = 15.0
"""Seconds between heartbeats, as the fake has them."""


class Lost(httpx.RemoteProtocolError, ConnectionError):
    """The connection is gone before a byte of the reply.

    To the served door this is a peer that left: it closes. In-process it reaches the caller as httpx's.
    """


def lost(*_: object) -> NoReturn:
    """Lose the request (`instead`) or the reply (`after`)."""
    raise Lost("Server disconnected without sending a response.")


def reply(
    status: int = 200, content: Any = None, headers: Mapping[str, str] | None = None
) -> Reply:
    """Return a reply: JSON, or HTML where `content` is a string."""
    html = isinstance(content, str)
    given = {"Content-Type": "text/html" if html else "application/json", **(headers or {})}
    body = content.encode() if html else json.dumps(content, ensure_ascii=False).encode()
    return Reply(status=status, headers=tuple(given.items()), body=body)


def reshape(change: Callable[[Any], Any]) -> After:
    """Replace the JSON value of a reply by what `change` returns for it."""

    def after(told: Reply) -> Reply:
        assert isinstance(told.body, bytes), f"{told.body!r} is no JSON"
        value = change(json.loads(told.body))
        return replace(told, body=json.dumps(value, ensure_ascii=False).encode())

    return after


def replaced(by: Reply) -> After:
    """Let the brain act, and answer something else."""
    return lambda _told: by


def cut(how: HowToCut, sends: float = inf) -> After:
    """Break a stream off after `sends` pieces, or where it would have ended."""

    def steps(walked: Iterator[Step], _clock: Clock) -> Steps:
        yield from _first(walked, sends)
        yield Cut(how)

    return _streamed(steps)


def inject(data: bytes, sends: int = 0) -> After:
    """Write `data` as a piece of its own after `sends` pieces."""

    def steps(walked: Iterator[Step], _clock: Clock) -> Steps:
        yield from _first(walked, sends)
        yield Send(data)
        yield from walked

    return _streamed(steps)


def without(unwanted: Callable[[bytes], bool]) -> After:
    """Leave out the pieces of a stream for which `unwanted` is true; their times stay."""

    def steps(walked: Iterator[Step], _clock: Clock) -> Steps:
        return (
            step
            for step in walked
            if not (isinstance(step, Send) and isinstance(step.data, bytes) and unwanted(step.data))
        )

    return _streamed(steps)


def has_text(piece: bytes) -> bool:
    """Say whether an event says something: in the typed dialect or in the ADK one."""
    data = json.loads(piece.removeprefix(b"data:").strip() or b"{}")
    content = data.get("content")
    parts = content.get("parts", ()) if isinstance(content, dict) else ()
    return data.get("type") == "text" or any("text" in part for part in parts)


def frames(*timed: tuple[float, bytes | Cut]) -> After:
    """Replace a stream by these pieces and cuts, each so many seconds after the request."""

    def steps(_walked: Iterator[Step], clock: Clock) -> Steps:
        now = clock.now()
        return [
            step
            for at, what in timed
            for step in (Until(now + at), Send(what) if isinstance(what, bytes) else what)
        ]

    return _streamed(steps)


def heartbeats(seconds: float) -> After:
    """Replace a stream by nothing but heartbeats for so long; then it ends."""
    count = int(seconds // EVERY)
    return frames(*((EVERY * (number + 1), HEARTBEAT) for number in range(count)))


def _first(walked: Iterator[Step], sends: float) -> Iterator[Step]:
    """Take steps up to that many pieces, and not the wait for the next one."""
    while sends > 0 and (step := next(walked, None)) is not None:
        yield step
        sends -= isinstance(step, Send)


def _streamed(change: Callable[[Iterator[Step], Clock], Steps]) -> After:
    def after(told: Reply) -> Reply:
        stream = told.body
        if not isinstance(stream, Stream):
            raise TypeError(f"only a stream can be meddled with like this, not {told!r}")
        return replace(told, body=replace(stream, steps=change(iter(stream.steps), stream.clock)))

    return after
