"""What the routes of tokens should do."""

from __future__ import annotations

from support.machine.acting import Act, No, Told
from support.machine.model import PEER, World
from support.machine.people import Person, Token
from support.machine.routes import subset


def anonymous(world: World, act: Act) -> Told:
    """A client asks for a token."""
    client = act.ask.client
    if client is None and world.variants.require_client_id:
        raise No(400)
    _within_limits(world, client, act.now)
    known = world.clients.get(client or "")
    uid = world.uids.get(client or "")
    with act.reaching.moment("token.issued", account=uid, session=None):
        person = world.people[known] if known else _newcomer(world, act)
        if client:
            world.clients[client] = world.uids[client] = person.uid
            world.per_client.count(client, act.now)
        granted = person.granted
        person.fill_up(world.free_credits, act.now)
        if person.granted > granted:
            act.take("ledger", entry="grant", amount=person.granted - granted)
        world.per_address.count(PEER, act.now)
        made = issued(world, act, person, world.variants.anon_scopes, world.variants.token_ttl)
        made.asked_at = act.now
    told = {"token": made.value, "user_id": world.user_id(person), "credits": person.available}
    return Told(check=subset(**told))


def _within_limits(world: World, client: str | None, now: float) -> None:
    wait = world.per_address.wait(PEER, now)
    if client:
        wait = max(wait, world.per_client.wait(client, now))
    if wait and world.variants.rate_limit_transient:
        wait = world.second_chance.wait(client or PEER, now)
    if wait:
        raise No(429, retry_after=wait)


def _newcomer(world: World, act: Act) -> Person:
    uid = str(act.take("account.created", kind="anonymous", plan="free").what["account"])
    assert uid not in world.people, f"a newcomer is nobody that there is, and this is {uid}"
    world.people[uid] = Person(uid)
    return world.people[uid]


def issued(
    world: World, act: Act, person: Person, scopes: tuple[str, ...], lasts: float | None
) -> Token:
    """Return a token that is issued now."""
    ends = None if lasts is None else act.now + lasts
    fact = act.take("token.issued", account=person.uid, scopes=list(scopes), expires_at=ends)
    return world.issued(person, fact, scopes, expires_at=ends)


def create(world: World, act: Act) -> Told:
    """Somebody makes a further token."""
    person, scopes = world.caller(act), tuple(act.ask.body["scopes"])
    token = world.known(act.ask.token)
    assert token is not None, "the gate has let it in"
    if not all(person.may(token, scope) for scope in scopes):
        raise No(403)
    days = act.ask.body["expires_in_days"]
    with act.reaching.moment("token.issued", account=person.uid, session=None):
        made = issued(world, act, person, scopes, days * 86_400.0)
    return Told(check=subset(token=made.value, scopes=list(scopes), revoked=False))


def revoke(world: World, act: Act) -> Told:
    """Somebody revokes one of their tokens."""
    id_ = act.ask.path.split("/")[-2]
    found = [token for token in world.caller(act).tokens if token.id == id_]
    if not found:
        raise No(422)
    if not found[0].revoked:
        act.take("token.revoked", token=id_)
    found[0].revoked = True
    return Told(check=subset(id=id_, revoked=True))


def balance(world: World, act: Act) -> Told:
    """Somebody asks what they have."""
    person = world.caller(act)
    available, frozen = person.available, person.frozen
    told = {"available": available, "frozen": frozen, "total": available + frozen}
    return Told(check=subset(**told))
