"""What those who steer do: to time, to people, to faults, to the whole world."""

from __future__ import annotations

from support.machine import casting
from support.machine.acting import Act
from support.machine.audit import hold, same
from support.machine.deeds import picked
from support.machine.model import World
from support.machine.people import Person
from support.machine.striking import Words
from support.machine.walk import Walk

NOBODY = "anon_0000000000000000"
GUEST: Words = {"name": "guest", "client_id": "client-3", "credits": 15}


def jump(walk: Walk, seconds: float) -> None:
    """Time goes on; by 0 to the next thing that is due."""
    before = walk.here.now
    length = seconds or _until_due(walk.here.model, before)
    _, _, act = walk.steer("POST", "clock", {"jump": length})
    act.done()
    same(walk.here.now, before + length, "time goes on by as much as it is told to")


def _until_due(world: World, now: float) -> float:
    times = [passing.at for turn in world.turns if not turn.settled for passing in turn.passage]
    times += [render.ends_at for render in world.renders.values() if render.ends_at is not None]
    return max(0.0, min((at for at in times if at > now), default=now) - now)


def grant(walk: Walk, person: int, amount: int) -> None:
    """Somebody is given credits."""
    found, act = _steered(walk, person, "grant", {"credits": amount})
    if found is not None:
        act.take("ledger", entry="grant", amount=amount)
        found.granted += amount
    act.done()


def spend(walk: Walk, person: int, amount: int) -> None:
    """Credits are taken away from somebody."""
    found, act = _steered(walk, person, "spend", {"credits": amount}, price=amount)
    if found is not None and found.available >= amount:
        act.take("ledger", entry="spend", amount=amount)
        found.spent += amount
    act.done()


def upgrade(walk: Walk, person: int, plan: str) -> None:
    """Somebody registers, or changes the plan."""
    found, act = _steered(walk, person, "upgrade", {"plan": plan})
    if found is not None:
        act.take("account.upgraded", account=found.uid, plan=plan)
        found.register(plan)
    act.done()


def expire(walk: Walk, person: int, which: int) -> None:
    """Somebody's tokens expire: one of them, or all."""
    found, body = _tokens(walk, person, which)
    _, act = _steered(walk, person, "expire", body)
    for token in found.tokens if found is not None else ():
        living = token.expires_at is None or token.expires_at > act.now
        if body.get("token", token.id) == token.id and living:
            act.take("token.expired", token=token.id)
            token.expires_at = act.now
    act.done()


def revoke(walk: Walk, person: int, which: int) -> None:
    """Somebody's tokens are revoked: one of them, or all."""
    found, body = _tokens(walk, person, which)
    _, act = _steered(walk, person, "revoke", body)
    for token in found.tokens if found is not None else ():
        if body.get("token", token.id) == token.id and not token.revoked:
            act.take("token.revoked", token=token.id)
            token.revoked = True
    act.done()


def _tokens(walk: Walk, person: int, which: int) -> tuple[Person | None, Words]:
    found = _picked(walk, person)
    token = picked(found.tokens, which) if found is not None else None
    return found, {"token": token.id} if token is not None else {}


def _picked(walk: Walk, person: int) -> Person | None:
    return picked(list(walk.here.model.people.values()), person)


def _steered(
    walk: Walk, person: int, what: str, body: Words, *, price: int = 0
) -> tuple[Person | None, Act]:
    """Do something to a person, who may be nobody; then it is refused."""
    found = _picked(walk, person)
    uid = found.uid if found is not None else NOBODY
    status, _, act = walk.steer("POST", f"accounts/{uid}/{what}", body)
    expected = 404 if found is None else 409 if found.available < price else 200
    same(status, expected, "what can be done to an account is done")
    return found, act


def guest(walk: Walk) -> None:
    """Somebody more is there, unless they are already."""
    world = walk.here.model
    status, told, act = walk.steer("POST", "accounts", GUEST)
    if status == 409:
        client = world.clients.get(GUEST["client_id"])
        hold(client or world.guest in world.people, "somebody who is not there may come", told)
    else:
        same(status, 200, "somebody who is not there may come")
        world.admit(GUEST, iter(act.facts))
        world.guest = told["account"]
        act.facts.clear()
    act.done()


def arm(walk: Walk, fault: Words, who: int) -> None:
    """A fault is armed: for everybody, for one account, or for one session."""
    world = walk.here.model
    words = {**fault, **_limited(world, who)}
    _, told, act = walk.steer("POST", "faults", words)
    armed = world.arm(words)
    same(told["faults"][0]["id"], armed.id, "faults are numbered as they are armed")
    act.take("fault.armed", fault=armed.id)
    act.take("control")
    act.done()


def _limited(world: World, who: int) -> Words:
    number = who // 3
    if who % 3 == 1 and world.people:
        return {"account": list(world.people)[number % len(world.people)]}
    if who % 3 == 2 and world.sessions:
        return {"session": list(world.sessions)[number % len(world.sessions)]}
    return {}


def disarm(walk: Walk, fault: int) -> None:
    """One fault is taken away, or all."""
    world = walk.here.model
    found = picked(world.armed, fault)
    _, told, act = walk.steer("DELETE", f"faults/{found.id}" if found else "faults")
    gone = [found] if found else list(world.armed)
    for one in gone:
        act.take("fault.disarmed", fault=one.id)
    act.take("control")
    act.done()
    counts = [(one["id"], one["fired"]) for one in told["faults"]]
    same(counts, [(one.id, one.fired) for one in gone], "a fault says how often it has fired")
    world.armed[:] = [one for one in world.armed if one not in gone]


def reset_account(walk: Walk, person: int) -> None:
    """Somebody is put back to how the scenario has them, or is forgotten."""
    place, found = walk.here, _picked(walk, person)
    uid = found.uid if found is not None else NOBODY
    status, _, act = walk.steer("POST", f"reset/accounts/{uid}")
    same(status, 404 if found is None else 200, "an account that is there is reset")
    if found is not None:
        words = place.model.seeded.pop(uid, None)
        place.forgotten(uid)
        act.take("account.forgotten", account=uid)
        act.take("control", did="account reset", account=uid)
        if words is not None:
            place.model.admit(words, iter(act.facts))
            act.facts.clear()
    act.done()


def reset_world(walk: Walk) -> None:
    """A world begins anew."""
    _, _, act = walk.steer("POST", "reset")
    act.done()
    walk.here.begin_again()


def reset_all(walk: Walk) -> None:
    """Every world begins anew."""
    _, _, act = walk.steer("POST", "reset/all")
    act.done()
    for place in walk.places:
        place.begin_again()


def play(walk: Walk, cast: int, reading: int) -> None:
    """A world begins anew, with other people and other readings."""
    scenario = casting.scenario(
        cast=casting.CASTS[cast % len(casting.CASTS)],
        readings=[casting.READINGS[reading % len(casting.READINGS)]],
        newcomers=None,
        renders=None,
        faults=[],
    )
    del scenario["clock"]["start"]
    status, _, act = walk.steer("POST", "scenario", scenario)
    same(status, 200, "a scenario that is one is played")
    act.done()
    walk.here.begin_again(scenario)


def elsewhere(walk: Walk) -> None:
    """What follows happens in the other world."""
    walk.elsewhere()


def slowly(walk: Walk) -> None:
    """From now on the encoder takes its time."""
    walk.encoder.slow_down(walk.places)


def develop(walk: Walk) -> None:
    """The encoder is done with everything."""
    walk.develop()
