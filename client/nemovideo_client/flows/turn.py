"""One chat message, from the state before it to what it came to.

state -> send -> read events -> closed, with words         -> result
                             -> closed without a word      -> compare states (`comparing`)
                             -> dropped, or took too long  -> wait and look (`recovery`)
                             -> told of an error           -> TurnFailed
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nemovideo_client.errors import APIConnectionError, TurnFailed
from nemovideo_client.events import Ending, Failure, Heartbeat, Notice, TurnResult
from nemovideo_client.flows.comparing import first_difference, read_state
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.exchange import in_session
from nemovideo_client.flows.opening import Sent, broken, sent
from nemovideo_client.flows.recovery import recovered
from nemovideo_client.models import State
from nemovideo_client.talk.language import detect
from nemovideo_client.wire.hush import tidy
from nemovideo_client.wire.sse import Decoder, EventTooLong
from nemovideo_client.wire.steps import Close, Flow, Now, Read, Show
from nemovideo_client.wire.turns import Turn
from nemovideo_client.words import STILL_WORKING

NOTICE_EVERY = 120.0
"""Seconds between two notices to somebody who waits (all four skills: "Every 2 min")."""

SILENCE_WAITS = (0.0, 3.0, 3.0)
"""Seconds before each look at what a silent edit did: a few, three seconds apart (54183061932)."""


def turn(
    ctx: Context,
    text: str,
    *,
    session_id: str | None = None,
    heartbeats: bool = True,
    recover: bool = True,
) -> Flow[TurnResult]:
    """Send a chat message and return what it came to; shows its events as they arrive.

    In the client's own session, or in the one named. `heartbeats=False` does not show them (they count
    as signs of life all the same). With `recover`, the state before and after is compared when the
    service says nothing or the stream breaks; without, the message is the only request made, and how
    the stream ended is in the result.

    Raises OutOfCredits and other refusals before anything is charged; TurnFailed when the stream tells
    of an error; TurnLost when it breaks and the state does not change in five queries, and when the
    state that should tell cannot be seen.
    """

    def begin(session: str) -> Flow[Begun]:
        before = (yield from read_state(ctx, session)) if recover else None
        began: float = yield Now()
        return Begun(session, before, began, (yield from sent(ctx, session, text)))

    ctx.account.language = detect(text)
    begun = yield from in_session(ctx, session_id, begin)
    result = yield from _told(ctx, begun, heartbeats=heartbeats)
    if result.ended == "failed":
        why = f": {result.failure}" if result.failure else ""
        raise TurnFailed(f"NemoVideo stopped working on this message{why}", turn=result)
    if begun.before is None:
        return result
    if result.ended != "closed":
        return (yield from recovered(ctx, begun.session, begun.before, result))
    if result.silent:
        changes = yield from first_difference(
            ctx, begun.session, begun.before, SILENCE_WAITS, result
        )
        return replace(result, changes=changes)
    return result


@dataclass(frozen=True, slots=True)
class Begun:
    """A message that was sent: where, the state before it (None: nobody looked), when, and how it left."""

    session: str
    before: State | None
    at: float
    sent: Sent


def _told(ctx: Context, begun: Begun, *, heartbeats: bool) -> Flow[TurnResult]:
    """Read the stream to its end; a connection that breaks is an ending, too."""
    fold = Turn(began=begun.at)
    try:
        last = begun.sent.ending or (yield from _read(ctx, fold, heartbeats=heartbeats))
    except APIConnectionError as error:
        last = broken(error)
    failure = last.message if isinstance(last, Failure) else None
    ending: Ending = "failed" if isinstance(last, Failure) else last
    yield Close()
    for event in fold.end(ending, (yield Now())):
        yield Show(event)
    return replace(fold.result(), failure=failure, request_id=begun.sent.request_id)


def _read(ctx: Context, fold: Turn, *, heartbeats: bool) -> Flow[Ending | Failure]:
    """Show what the stream tells until it ends, tells of an error, or goes on for too long."""
    decoder = Decoder()
    noticed = fold.began
    while (piece := (yield Read())) is not None:
        now: float = yield Now()
        try:
            events = [event for sse in decoder.feed(piece) for event in fold.feed(sse.data, now)]
        except EventTooLong:
            return "dropped"  # what it did is still to be found in the state
        for event in events:
            if isinstance(event, Failure):
                failure = Failure(tidy(event.message, ctx.account.secrets()))
                yield Show(failure)
                return failure
            if heartbeats or not isinstance(event, Heartbeat):
                yield Show(event)
        if _is_too_long(ctx, fold, now):
            return "timed_out"
        if now - noticed >= NOTICE_EVERY:
            noticed = now
            yield Show(Notice(ctx.say(STILL_WORKING)))
    # Inside an event nothing ends but a broken stream, however properly a proxy closed it.
    return "dropped" if decoder.finish() else "closed"


def _is_too_long(ctx: Context, fold: Turn, now: float) -> bool:
    """Apply the documented limits: 15 minutes in all, 10 of nothing but heartbeats (vendor skill 1.9)."""
    options = ctx.options
    return (
        now - fold.began >= options.stream_timeout
        or now - fold.last_sign >= options.heartbeat_timeout
    )
