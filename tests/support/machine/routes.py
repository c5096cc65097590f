"""What each route should make of a request, in the order of a request's way: gate, faults, act, faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from support.machine.acting import Act, Ask, No, Told, refused
from support.machine.audit import same
from support.machine.model import World
from support.machine.striking import Stopped, Words

Handler = Callable[[World, Act], Told]


@dataclass(frozen=True, slots=True)
class Route:
    """A route: which scope its token needs (None: no token), what else the gate checks, what it does.

    `offered` says whether a world that reads the documents in its way has it at all.
    """

    handler: Handler
    scope: str | None = None
    check: Callable[[World, Act], object] | None = None
    offered: Callable[[World], bool] = lambda _world: True


def who(world: World, ask: Ask) -> Words:
    """Return by what faults know a request from its head: whose it is, and which session it is about."""
    token = world.known(ask.token)
    account = token.account if token is not None else None
    parts = ask.path.split("/")
    session = None
    if ask.path.startswith(("/api/state/", "/api/upload-video/")):
        session = parts[5]
    elif ask.path.startswith("/api/render/proxy/"):
        ids = (id_ for id_ in parts[4:6] if (account, id_) in world.renders)
        session = next((world.renders[str(account), id_].session for id_ in ids), None)
    return {"account": account, "session": session, "message": None}


def _read(ask: Ask) -> Words:
    """Return by what faults know a request once its body has been read."""
    body = ask.body if isinstance(ask.body, dict) else {}
    named = {"session": body.get("session_id") or body.get("sessionId")}
    if "new_message" in body:
        named["message"] = body["new_message"]["parts"][0]["text"]
    return {key: value for key, value in named.items() if value is not None}


def answer(world: World, act: Act, route: Route) -> Told:
    """Return what the act tells; raises `Waits`, or `Stopped` where a fault prevents it.

    The gate decides by the head alone, before a body is read.
    """
    offered = route.offered(world)
    no = _gate(world, act, route) if offered else None
    if offered and no is None:
        act.reaching.who |= _read(act.ask)
    act.reaching.past(act.ask.place, "before")

    def handled() -> Told:
        if no is not None:
            raise no
        return route.handler(world, act) if offered else Told(status=404, code=None)

    return answered(world, act, handled)


def told_of(answer_: Callable[[], Told]) -> Told | None:
    """Return what a client should be told, None where a fault prevents the act."""
    try:
        return answer_()
    except Stopped:
        return None


def answered(world: World, act: Act, handled: Callable[[], Told]) -> Told:
    """Return what is told of an act that is done, also where it refuses."""
    try:
        told = handled()
    except No as no:
        told = refused(no, world.variants)
    act.reaching.past(act.ask.place, "after")
    return told


def _gate(world: World, act: Act, route: Route) -> No | None:
    """Return why a request is not let in."""
    try:
        _check(world, act, route)
    except No as no:
        return no
    return None


def _check(world: World, act: Act, route: Route) -> None:
    if route.scope is None:
        return
    token = world.known(act.ask.token)
    if token is None or token.state(act.now) != "living":
        raise No(1001)
    if not world.people[token.account].may(token, route.scope):
        raise No(403)
    if route.check is not None:
        route.check(world, act)
    if act.ask.bare and world.variants.attribution_mode == "auth":
        raise No(1001)


def subset(**told: Any) -> Callable[[Any], None]:
    """Return a check that the data of an envelope say so much."""

    def check(whole: Any) -> None:
        data = whole["data"]
        same({key: data.get(key) for key in told}, told, "a reply says what is so")

    return check
