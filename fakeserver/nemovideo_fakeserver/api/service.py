"""From a request to a reply: find the route, let the gate decide, run the handler.

Law: the world is brought up to the present first; a refusal changes nothing; every request and every
reply is in the journal (`visit`), but for those of the control paths, which are no traffic and go to a
desk of their own (`control.desk`). What the service itself would answer also has a request id, in
`X-Request-Id` and in the journal.
"""

from __future__ import annotations

from nemovideo_fakeserver.api import attribution, unmatched
from nemovideo_fakeserver.api.call import MAX_JSON, Call
from nemovideo_fakeserver.api.control import desk
from nemovideo_fakeserver.api.replies import plain
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.api.router import Match, Router
from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.api.visit import Visit
from nemovideo_fakeserver.core.refusals import Refusal, TokenRefused
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.wire.messages import Body, BodyPlan, Head, Reply, Request

FILES_PER_FORM = 4
"""How many of the largest files a form may hold (assumed)."""

_ROUTER = Router(ROUTES)


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
    return desk.answers(path) if desk.owns(path) else _ROUTER.find(path) is not None


def _answer(world: World, head: Head, body: Body | None) -> Reply | BodyPlan:
    world.settle()
    if desk.owns(head.path):
        return desk.answer(world, head, body)
    found = _ROUTER.find(head.path)
    match = found and found.offered(world.setting.variants)
    route = match.routes.get(head.method) if match else None
    call = Call(head=head, world=world, params=match.params if match else {}, body=body or b"")
    if match is None or route is None:
        return _strayed(call, match)
    try:
        _gate(call, route)
    except Refusal as refusal:
        return Visit(call, route.name, route=route.name).refuse(refusal, _request_id(call))
    if body is None and route.body != "none":
        return _plan(call, route)
    return Visit(call, route.name, route=route.name).answer(route.handler, _request_id(call))


def _strayed(call: Call, match: Match | None) -> Reply:
    """Answer what no route answers: an unknown path as nobody would, a wrong method as the service would."""
    head = call.head
    if match:
        id_, reply = _request_id(call), _wrong_method(head, match)
    else:
        id_, reply = None, unmatched.unmatched(head, _names(call.world.setting.variants))
    line = f"{head.method[:20]} {head.path[:200]}"
    return Visit(call, line, route=None).answer(lambda _call: reply, id_)


def _names(variants: Variants) -> list[str]:
    return [route.name for route in ROUTES if route.offered is None or route.offered(variants)]


def _gate(call: Call, route: Route) -> None:
    """Decide what the head alone can decide: who calls, whether they may, and the route's own check."""
    if route.scope is not None:
        call.bearer = call.world.accounts.authenticate(_bearer(call))
        call.bearer.require(route.scope)
    if route.check is not None:
        route.check(call)
    if route.scope is not None:
        attribution.check(call)


def _bearer(call: Call) -> str | None:
    header = call.head.header("authorization")
    if header is None:
        return None
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "bearer":
        raise TokenRefused(
            "invalid authentication token: the scheme is Bearer, as in Authorization: Bearer <NEMO_TOKEN>"
        )
    return value.strip()


def _request_id(call: Call) -> str:
    """Number the request among those of its account; without a token, of its client id or its path."""
    ids, head = call.world.request_ids, call.head
    if call.bearer is not None:
        return ids.next(call.bearer.account.uid)
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
