"""What every reply carries besides its own headers: the virtual date, the server's name, its request's id."""

from __future__ import annotations

from dataclasses import replace

from nemovideo_fakeserver.api.times import http_date
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.wire.messages import Delayed, Headers, Pending, Reply
from nemovideo_fakeserver.wire.steps import Cut

SERVER = ("Server", "nemovideo-fake")


def stamped(world: World, reply: Reply, id_: str | None = None, more: Headers = ()) -> Reply:
    """Return the reply with these headers and `more`; one that comes later is stamped for when it comes."""
    body = reply.body
    if isinstance(body, bytes):
        return _dated(reply, world.setting.now, id_, more)
    if isinstance(body, Cut):
        return reply
    if isinstance(body, Pending):
        resume = body.resume
        return replace(
            reply, body=replace(body, resume=lambda: stamped(world, resume(), id_, more))
        )
    if isinstance(body, Delayed):
        later = _dated(body.reply, body.until, id_, more)
        return replace(reply, body=replace(body, reply=later))
    return _dated(reply, world.setting.now, id_, more)


def _dated(reply: Reply, now: float, id_: str | None, more: Headers) -> Reply:
    headers = (*reply.headers, ("Date", http_date(int(now))), SERVER, *more)
    if id_ is not None:
        headers = (*headers, ("X-Request-Id", id_))
    return Reply(status=reply.status, headers=headers, body=reply.body)
