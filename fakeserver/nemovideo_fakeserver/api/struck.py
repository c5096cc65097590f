"""What faults make of a reply: another answer, a later one, a broken one.

Delays add up and transformations compose; the one action that answers or breaks decides. A connection that
breaks `before` breaks before a byte of the reply; `after`, in the middle of its body. A stream has no
middle: it breaks behind its head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nemovideo_fakeserver.api.pouring import Pouring
from nemovideo_fakeserver.api.replies import plain, status_of
from nemovideo_fakeserver.api.telling import Telling
from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.core.faults.actions import Answer, Break, Delay
from nemovideo_fakeserver.core.faults.faults import Strike
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.variants import ErrorHttp
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Delayed, Headers, Reply, Stream
from nemovideo_fakeserver.wire.pieces import length
from nemovideo_fakeserver.wire.steps import Cut

BODILESS = (204, 304)
"""Statuses whose replies have no body (RFC 9110, section 6.4.1)."""

MESSAGE = "a fault of the test answers this request"


def decided(reply: Reply | None, strikes: Sequence[Strike], error_http: ErrorHttp) -> Reply | None:
    """Return what the client is to be told: the answer of a fault if one answers, else the `reply`."""
    answers = [s.action for s in strikes if isinstance(s.action, Answer)]
    return answered(answers[0], error_http) if answers else reply


def answered(action: Answer, error_http: ErrorHttp) -> Reply:
    """Return the answer a fault gives, in the shape of the API's errors."""
    code = action.code if action.code is not None else action.status
    assert code is not None, "an answer has one or the other"
    message = MESSAGE if action.message is None else action.message
    headers: Headers = ()
    if action.retry_after is not None:
        headers = (("Retry-After", str(action.retry_after)),)
    status = action.status or status_of(code, error_http)
    if status in BODILESS:
        return Reply(status=status, headers=headers)
    return plain({"code": code, "message": message, "data": None}, status=status, headers=headers)


def unbegun(reply: Reply | None, strikes: Sequence[Strike]) -> Break | None:
    """Return what breaks the connection before a byte of the reply, if something does.

    That is where the act did not happen, and where a reply has no body to break in.
    """
    if reply is not None and reply.body:
        return None
    return next((s.action for s in strikes if isinstance(s.action, Break)), None)


def leaving(reply: Reply | None, strikes: Sequence[Strike], setting: Setting) -> Reply:
    """Return how a reply leaves: late, in drops, garbled or broken; there may be none where it is broken."""
    cut = unbegun(reply, strikes)
    if cut is not None:
        reply = Reply(body=Cut(cut.how, clock=setting.clock))
    assert reply is not None, "what did not happen is answered, or its request is broken"
    reply = _met(reply, strikes, setting.clock)
    seconds = sum(s.action.seconds for s in strikes if isinstance(s.action, Delay))
    if not seconds:
        return reply
    return Reply(body=Delayed(clock=setting.clock, until=setting.now + seconds, reply=reply))


def _met(reply: Reply, strikes: Sequence[Strike], clock: Clock) -> Reply:
    """Return a reply whose body has met what strikes it."""
    body = reply.body
    if not isinstance(body, bytes | File | Stream) or not body:
        return reply
    steps = body.steps if isinstance(body, Stream) else Pouring(body, clock)
    assert isinstance(steps, Telling | Pouring), "the steps of a handler can be struck"
    steps.meet(strikes)
    if isinstance(steps, Telling):
        return reply
    return replace(
        reply,
        headers=_of_length(reply.headers, length(steps.whole)),
        body=steps.whole if steps.plain else Stream(clock=clock, steps=steps),
    )


def _of_length(headers: Headers, size: int) -> Headers:
    kept = tuple(h for h in headers if h[0].lower() != "content-length")
    return (*kept, ("Content-Length", str(size)))
