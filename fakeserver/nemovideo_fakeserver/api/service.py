"""From a request to a reply: find the route, let the gate decide, run the handler, write it down.

Law: the world is brought up to the present first; a refusal changes nothing; every reply that leaves
here is in the journal and carries the virtual date. What the service itself would answer also has a
request id, in `X-Request-Id` and in the journal.
"""

from __future__ import annotations

from dataclasses import replace

from nemovideo_fakeserver.api import attribution, control, unmatched
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import plain, refused
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.api.router import Match, Router
from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.api.times import http_date
from nemovideo_fakeserver.core.refusals import Refusal, TokenRefused
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.wire.messages import Body, BodyPlan, Head, Pending, Reply, Request

MAX_JSON = 8 * 2**20
FILES_PER_FORM = 4
"""How many of the largest files a form may hold (assumed)."""
SERVER = ("Server", "nemovideo-fake")

_ROUTER = Router((*ROUTES, *control.ROUTES))


def admit(world: World, head: Head) -> Reply | BodyPlan:
    """Answer from the head alone where no body is needed or the head is refused, else plan the body."""
    return _answer(world, head, None)


def dispatch(world: World, request: Request) -> Reply:
    """Answer a whole request. The gate decides again: time may have passed while the body came in."""
    reply = _answer(world, request.head, request.body)
    assert isinstance(reply, Reply), "with a body at hand there is always an answer"
    return reply


def answers(path: str) -> bool:
    """Say whether any route, of any method, has this path."""
    return _ROUTER.find(path) is not None


def _answer(world: World, head: Head, body: Body | None) -> Reply | BodyPlan:
    world.settle()
    variants = world.setting.variants
    found = _ROUTER.find(head.path)
    match = found and found.offered(variants)
    if match is None:
        return _finish(world, head.path[:200], unmatched.unmatched(head, _names(variants)), None)
    call = Call(head=head, world=world, params=match.params)
    route = match.routes.get(head.method)
    if route is None:
        return _finish(world, head.path[:200], _wrong_method(head, match), _request_id(call))
    try:
        _gate(call, route)
        if body is None and route.body != "none":
            return _plan(call, route)
        call.body = body or b""
        reply = route.handler(call)
    except Refusal as refusal:
        reply = refused(refusal, variants.error_http)
    return _finish(world, route.name, reply, _request_id(call))


def _names(variants: Variants) -> list[str]:
    return [route.name for route in ROUTES if route.offered is None or route.offered(variants)]


def _gate(call: Call, route: Route) -> None:
    """Decide what the head alone can decide: who calls, whether they may, and the route's own check."""
    if route.scope is not None:
        call.bearer = call.world.accounts.authenticate(_bearer(call.head))
        call.bearer.require(route.scope)
    if route.check is not None:
        route.check(call)
    if route.scope is not None:
        attribution.check(call)


def _bearer(head: Head) -> str | None:
    header = head.header("authorization")
    if header is None:
        return None
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "bearer":
        raise TokenRefused(
            "invalid authentication token: the scheme is Bearer, as in Authorization: Bearer <NEMO_TOKEN>"
        )
    return value.strip()


def _request_id(call: Call) -> str | None:
    """Number the request among those of its account; without a token, of its client id or its path."""
    ids, head = call.world.request_ids, call.head
    if call.bearer is not None:
        return ids.next(call.bearer.account.uid)
    if head.path.startswith(control.PREFIX):
        return None
    return ids.next((head.header("x-client-id") or head.path)[:200])


def _plan(call: Call, route: Route) -> BodyPlan:
    clock = call.world.setting.clock
    if route.body == "upload" and call.is_form:
        most = call.world.setting.variants.max_upload
        return BodyPlan(limit=FILES_PER_FORM * most, clock=clock, file_limit=most)
    return BodyPlan(limit=MAX_JSON, clock=clock)


def _wrong_method(head: Head, match: Match) -> Reply:
    allowed = ", ".join(match.routes)
    told = {
        "code": 405,
        "message": f"method {head.method[:20]} not allowed here: use {allowed}",
        "data": None,
    }
    return plain(told, status=405, headers=(("Allow", allowed),))


def _finish(world: World, route: str, reply: Reply, id_: str | None) -> Reply:
    """Write the request down, and stamp the reply; one that waits for real work is stamped when it is there."""
    if isinstance(reply.body, Pending):
        pending = reply.body
        return Reply(
            body=replace(
                pending, resume=lambda: _finish(world, route, _resumed(world, pending), id_)
            )
        )
    now = world.setting.now
    world.setting.journal.add(now, "request", id=id_, route=route, status=reply.status)
    headers = (*reply.headers, ("Date", http_date(int(now))), SERVER)
    if id_ is not None:
        headers = (*headers, ("X-Request-Id", id_))
    return Reply(status=reply.status, headers=headers, body=reply.body)


def _resumed(world: World, pending: Pending) -> Reply:
    world.settle()
    try:
        return pending.resume()
    except Refusal as refusal:
        return refused(refusal, world.setting.variants.error_http)
