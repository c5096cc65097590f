"""What faults make of a reply: another answer, a later one, a broken one.

Delays add up and transformations compose; the first action that answers or breaks decides. A connection
that breaks `before` breaks before a byte of the reply; `after`, in the middle of it (a reset takes all
of it along).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.faults.actions import Answer, Break, Delay, Drip, Malformed
from nemovideo_fakeserver.core.faults.faults import Strike
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Delayed, Headers, Reply, Stream
from nemovideo_fakeserver.wire.pieces import dripping, garbled, half, length
from nemovideo_fakeserver.wire.steps import Cut, Send, Step, Steps

MESSAGE = "a fault of the test answers this request"


def struck(reply: Reply | None, strikes: Sequence[Strike], clock: Clock) -> Reply:
    """Return what the client gets; without a `reply`, one of the strikes stands in its place."""
    decided = next((s for s in strikes if isinstance(s.action, Answer | Break)), None)
    if decided is not None and isinstance(decided.action, Answer):
        reply = answered(decided.action)
    broken = decided if decided is not None and isinstance(decided.action, Break) else None
    reply = _transformed(reply or Reply(body=Cut("truncated")), strikes, broken, clock)
    seconds = sum(s.action.seconds for s in strikes if isinstance(s.action, Delay))
    if not seconds:
        return reply
    return Reply(body=Delayed(clock=clock, until=clock.now() + seconds, reply=reply))


def answered(action: Answer) -> Reply:
    """Return the answer a fault gives: in the shape of the API's errors, a code alone over HTTP 200."""
    code = action.code if action.code is not None else action.status
    message = MESSAGE if action.message is None else action.message
    headers: Headers = ()
    if action.retry_after is not None:
        headers = (("Retry-After", str(action.retry_after)),)
    body = {"code": code, "message": message, "data": None}
    return plain(body, status=action.status or 200, headers=headers)


def _transformed(
    reply: Reply, strikes: Sequence[Strike], broken: Strike | None, clock: Clock
) -> Reply:
    cut = broken.action if broken is not None and isinstance(broken.action, Break) else None
    if cut is not None and broken is not None and (broken.side == "before" or cut.how == "reset"):
        return Reply(body=Cut(cut.how))
    malformed = any(isinstance(s.action, Malformed) for s in strikes)
    drip = sum(s.action.seconds for s in strikes if isinstance(s.action, Drip))
    if isinstance(reply.body, Stream):
        steps = (
            (Cut(cut.how),)
            if cut
            else _stepwise(reply.body.steps, drip, clock, malformed=malformed)
        )
        return replace(reply, body=replace(reply.body, steps=steps))
    if not isinstance(reply.body, bytes | File):
        return reply
    whole = half(reply.body) if malformed else reply.body
    headers = _of_length(reply.headers, length(whole))
    if not drip and cut is None:
        return replace(reply, headers=headers, body=whole)
    return replace(
        reply, headers=headers, body=Stream(clock=clock, steps=_pieces(whole, drip, cut, clock))
    )


def _pieces(whole: bytes | File, drip: float, cut: Break | None, clock: Clock) -> Iterator[Step]:
    data = half(whole) if cut else whole
    yield from dripping(data, drip, clock) if drip else (Send(data),)
    if cut:
        yield Cut(cut.how)


def _stepwise(steps: Steps, drip: float, clock: Clock, *, malformed: bool) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, Send) and isinstance(step.data, bytes):
            data = garbled(step.data) if malformed else step.data
            malformed = False
            yield from dripping(data, drip, clock) if drip else (Send(data),)
        else:
            yield step


def _of_length(headers: Headers, size: int) -> Headers:
    kept = tuple(h for h in headers if h[0].lower() != "content-length")
    return (*kept, ("Content-Length", str(size)))
