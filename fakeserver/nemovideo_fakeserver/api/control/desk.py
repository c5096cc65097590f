"""From a request on a control path to its reply: may the caller steer, is there such a path, what does it do.

Law: this is no traffic. No fault strikes it, it has no request id, and the journal has only what it changes.
Every reply says whose it is (`X-Nemo-Fake: control`), is kept by no cache, and lets no other site read it:
there is not one `Access-Control-...` header.
"""

from __future__ import annotations

from difflib import get_close_matches

from nemovideo_fakeserver.api.call import MAX_JSON, Call
from nemovideo_fakeserver.api.control import guard
from nemovideo_fakeserver.api.control.refusing import (
    Absent,
    Malformed,
    Refused,
    TooLarge,
    WrongMethod,
    told,
)
from nemovideo_fakeserver.api.control.routes import ROUTES
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.api.router import Match, Router
from nemovideo_fakeserver.api.stamp import stamped
from nemovideo_fakeserver.core.refusals import Refusal
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.wire.messages import Body, BodyPlan, Head, Headers, Reply
from nemovideo_fakeserver.wire.messages import TooLarge as Longer

PREFIX = "/__fake__"
MARK: Headers = (
    ("X-Nemo-Fake", "control"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
)

_ROUTER = Router(ROUTES)


def owns(path: str) -> bool:
    """Say whether a path is one of those that are no part of the service."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def answers(path: str) -> bool:
    """Say whether any control route, of any method, has this path."""
    return _ROUTER.find(path) is not None


def answer(world: World, head: Head, body: Body | None) -> Reply | BodyPlan:
    """Answer from the head alone, or with the body once it is there, or say how to read it."""
    try:
        reply = _answered(world, head, body)
    except (Refused, Refusal) as refused:
        reply = told(refused)
    return reply if isinstance(reply, BodyPlan) else stamped(world, reply, more=MARK)


def _answered(world: World, head: Head, body: Body | None) -> Reply | BodyPlan:
    guard.check(head, world.house.hosts)
    match = _ROUTER.find(head.path)
    if match is None:
        raise _absent(head)
    route = match.routes.get(head.method)
    if route is None:
        raise _wrong_method(head, match)
    if route.body == "none" and _brings_a_body(head):
        raise Malformed(f"body: {route.name} takes none, and would pass over what it says")
    if body is None and route.body != "none":
        return BodyPlan(limit=MAX_JSON, clock=world.setting.clock)
    return _handled(Call(head=head, world=world, params=match.params, body=body or b""), route)


def _handled(call: Call, route: Route) -> Reply:
    if isinstance(call.body, Longer):
        raise TooLarge(f"body: larger than {call.body.limit} bytes")
    return route.handler(call)


def _brings_a_body(head: Head) -> bool:
    length = head.header("content-length") or "0"
    return length != "0" or head.header("transfer-encoding") is not None


def _absent(head: Head) -> Absent:
    asked = f"{head.method[:20]} {head.path[:200]}"
    near = get_close_matches(asked, [route.name for route in ROUTES], n=1)
    hint = f"; did you mean {near[0]}?" if near else ";"
    return Absent(f"no control path is {asked}{hint} GET {PREFIX}/ lists them")


def _wrong_method(head: Head, match: Match) -> WrongMethod:
    allowed = ", ".join(match.routes)
    return WrongMethod(
        f"method {head.method[:20]} not allowed here: use {allowed}", (("Allow", allowed),)
    )
