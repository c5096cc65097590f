"""A reply that is not there yet, as an in-process reader waits for it."""

from __future__ import annotations

from nemovideo_fakeserver.surfaces.httpx_silence import Silence
from nemovideo_fakeserver.surfaces.pending import ready, ready_sync
from nemovideo_fakeserver.surfaces.walk import waiting_for
from nemovideo_fakeserver.wire.messages import Delayed, Reply
from nemovideo_fakeserver.wire.steps import Cut


def awaited_sync(reply: Reply, patience: float) -> Reply:
    """Return `reply` once neither work nor time is left to wait for, blocking this thread.

    `patience` is the read timeout in virtual seconds. Raises what a reader meets who never hears a reply.
    """
    silence = Silence(patience)
    reply = ready_sync(reply)
    while isinstance(body := reply.body, (Delayed, Cut)):
        with waiting_for(reply):
            for clock, moment in silence.before(body):
                clock.until_sync(moment)
        assert isinstance(body, Delayed), "a cut has raised"
        reply = ready_sync(body.reply)
    return reply


async def awaited(reply: Reply, patience: float) -> Reply:
    """Return `reply` once neither work nor time is left to wait for: as `awaited_sync`."""
    silence = Silence(patience)
    reply = await ready(reply)
    while isinstance(body := reply.body, (Delayed, Cut)):
        with waiting_for(reply):
            for clock, moment in silence.before(body):
                await clock.until(moment)
        assert isinstance(body, Delayed), "a cut has raised"
        reply = await ready(body.reply)
    return reply
