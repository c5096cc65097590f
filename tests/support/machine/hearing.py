"""What a client hears of a reply, whatever its form, and whether that is what it should hear."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import httpx

from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Delayed, Headers, Pending, Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut, Send, Steps
from support.machine.acting import No, Told, refused
from support.machine.audit import hold, same
from support.machine.striking import Reaching


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A reply: when it comes (None: at once), what it says, how it breaks off.

    `status` is None where the connection breaks before a byte. An event stream is kept as its `steps`.
    """

    until: float | None = None
    status: int | None = None
    headers: Headers = ()
    body: bytes = b""
    drips: bool = False
    cut: str | None = None
    steps: Steps | None = None


def heard(reply: Reply) -> Heard:
    """Return what a client hears of a reply that does not wait for real work."""
    body = reply.body
    assert not isinstance(body, Pending), "this reply is still to be waited for"
    if isinstance(body, Delayed):
        return replace(heard(body.reply), until=body.until)
    if isinstance(body, Cut):
        return Heard(cut=body.how)
    said = Heard(status=reply.status, headers=reply.headers)
    if isinstance(body, bytes | File):
        return replace(said, body=_bytes(body))
    if ("Cache-Control", "no-cache") in reply.headers:
        return replace(said, steps=body.steps)
    return replace(_in_pieces(said, body), drips=True)


def _bytes(body: bytes | File) -> bytes:
    if isinstance(body, bytes):
        return body
    return body.path.read_bytes()[body.start : body.start + body.length]


def _in_pieces(said: Heard, body: Stream) -> Heard:
    whole, cut = b"", None
    for step in body.steps:
        if isinstance(step, Send):
            whole += _bytes(step.data)
        elif isinstance(step, Cut):
            whole, cut = whole + step.rest, step.how
    return replace(said, body=whole, cut=cut)


def check(
    said: Heard, told: Told | None, reaching: Reaching, *, now: float, variants: Variants
) -> None:
    """Hold that a client hears what it is told, as faults leave that; None where the act was prevented."""
    waits = sum(armed.do.get("delay", 0) for _, armed in reaching.strikes)
    same(said.until, now + waits if waits else None, "a reply comes when it is to come")
    done = {key for _, armed in reaching.strikes for key in armed.do}
    how, told = _decided(told, reaching, variants)
    if told is None:
        same((said.status, said.cut), (None, how), "the connection breaks before a byte")
        return
    same(said.status, told.status, "the status of a reply")
    same(said.steps is not None, told.stream is not None, "a message that is taken has a stream")
    if told.stream is None:
        same(said.cut, how, "a reply breaks where it is to break")
        if told.raw is None:
            pieces = bool({"drip", "break"} & done)
            same(said.drips, pieces, "a reply comes in pieces where it is made to")
        _check_body(said, told, done)


def check_http(
    response: httpx.Response | None, told: Told | None, reaching: Reaching, *, variants: Variants
) -> None:
    """Hold that a client behind the in-process door hears what it is told of a message it has sent."""
    how, told = _decided(told, reaching, variants)
    same(response is None, told is None, "a connection that breaks before a byte has no response")
    if response is None or told is None:
        return
    same(response.status_code, told.status, "the status of a reply")
    if told.stream is not None:
        return
    try:
        body = response.read()
    except httpx.TransportError:
        hold(how is not None, "a reply breaks where it is to break")
        return
    headers = tuple(response.headers.multi_items())
    done = {key for _, armed in reaching.strikes for key in armed.do}
    _check_body(Heard(status=told.status, headers=headers, body=body), told, done)


def _decided(
    told: Told | None, reaching: Reaching, variants: Variants
) -> tuple[str | None, Told | None]:
    """Return how the connection breaks, if it does, and what the client is told until then."""
    if reaching.decision is None:
        return None, told
    do = reaching.decision[1].do
    return (do["break"], told) if "break" in do else (None, _answer(do, variants))


def _answer(do: dict[str, Any], variants: Variants) -> Told:
    told = refused(
        No(int(do.get("code", do.get("status", 0))), retry_after=do.get("retry_after")), variants
    )
    told.status = do.get("status", told.status)
    return told


def _check_body(said: Heard, told: Told, done: set[str]) -> None:
    given = {name.lower(): value for name, value in said.headers}
    for name, value in told.headers.items():
        hold(given.get(name.lower()) == value, "a reply has its headers", name, value, said.headers)
    if done & {"malformed", "break"}:
        hold(told.raw is not None or as_json(said.body) is None, "a spoilt reply is no JSON")
    elif told.raw is not None:
        hold(said.body == told.raw, "a file comes as it is", said.body[:20])
    else:
        whole = as_json(said.body)
        hold(whole is not None, "a reply is JSON", said.body[:80])
        _check_json(whole, told)


def _check_json(whole: Any, told: Told) -> None:
    if told.code is not None:
        same(
            whole.get("code"), told.code, f"the code of a reply that says {whole.get('message')!r}"
        )
        hold((whole.get("data") is None) == (told.code != 0), "data come with success", whole)
    if told.check is not None:
        told.check(whole)


def as_json(body: bytes) -> Any:
    """Return the value that a body holds, None where it is no JSON."""
    try:
        return json.loads(body)
    except ValueError:
        return None
