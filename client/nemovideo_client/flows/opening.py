"""Sending a chat message: what may be tried again, and what must not be.

A message costs credits, so it is never sent a second time once a byte of it may have left. Only two
things allow another attempt: nothing left at all (no connection), or the service refused it in so many
words (1001, 1002, 429), which happens before anything is charged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from nemovideo_client.errors import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    NemoError,
    ServerError,
)
from nemovideo_client.events import Ending
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.exchange import authorized
from nemovideo_client.flows.explaining import explained
from nemovideo_client.flows.patience import patiently
from nemovideo_client.flows.refusing import refuse
from nemovideo_client.wire import calls
from nemovideo_client.wire.envelope import check_stream
from nemovideo_client.wire.messages import Answer, Call
from nemovideo_client.wire.steps import Flow, Open


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that left. `ending` is None while its stream is open, else how it broke before it began."""

    request_id: str | None = None
    ending: Ending | None = None


def sent(ctx: Context, session_id: str, text: str) -> Flow[Sent]:
    """Send a message in a session; its stream is then open, unless it broke. Raises refusals."""

    def attempt() -> Flow[Sent]:
        return (yield from _attempt(ctx, calls.run_sse(session_id, text)))

    def patient() -> Flow[Sent]:
        return (yield from patiently(attempt, "unsent", ctx.options.max_retries))

    return (yield from authorized(ctx, patient))


def _attempt(ctx: Context, call: Call[NoReturn]) -> Flow[Sent]:
    """Send the message. Once it may have left, what goes wrong with the connection is an ending."""
    answer: Answer | None = None
    try:
        answer = yield Open(ctx.dress(call.request), ctx.options.idle_timeout)
        if not check_stream(answer):
            yield from refuse(ctx, answer, call)
    except APIConnectionError as error:
        if error.sent:
            return Sent(ending=broken(error))
        raise (yield from explained(ctx, error, call.endpoint)) from error.__cause__
    except (ServerError, APIResponseError) as error:
        # It may have been accepted before this went wrong, or by what sits before the service.
        return Sent(ending="dropped", request_id=error.request_id)
    except NemoError as error:
        if isinstance(error, APIStatusError) and error.status == 408:
            return Sent(ending="timed_out", request_id=error.request_id)
        raise (yield from explained(ctx, error, call.endpoint)) from error.__cause__
    return Sent(request_id=answer.request_id)


def broken(error: APIConnectionError) -> Ending:
    """Return what a stream that broke so ended like."""
    return "timed_out" if isinstance(error, APITimeoutError) else "dropped"
