"""Whole worlds, from the domain to records and back.

Law: a world that is restored goes on as the one that was taken would have: the same answers to the same
requests at the same times, but for the ids of the requests themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import msgspec

from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.request_ids import RequestIds
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.scenario.broken import Path, Wrong
from nemovideo_fakeserver.store import accounts, assets, faults, records, renders, sessions, turns
from nemovideo_fakeserver.store.times import Instant


def head(world: World, *, time: float, usual_rate: float) -> records.World:
    """Return the record of a world by itself, as it is to go on from `time`."""
    setting = world.setting
    rate = setting.clock.rate
    return records.World(
        name=world.name,
        seed=int(setting.chance.seed),
        time=Instant(time),
        settled_at=None if setting.now == time else Instant(setting.now),
        rate=None if rate == usual_rate else rate,
        variants=_chosen(setting.variants),
        runs=world.request_ids.runs,
        armed=world.faults.count,
        scenario=None if world.scenario is None else dict(world.scenario),
    )


@lru_cache(maxsize=16)
def _chosen(variants: Variants) -> dict[str, str]:
    """Return the variants that differ from the default."""
    usual = Variants().texts()
    return {key: text for key, text in variants.texts().items() if text != usual[key]}


def whole(world: World, *, usual_rate: float) -> records.World:
    """Return the record of a world with all that is in it, at the instant to which it is settled."""
    return msgspec.structs.replace(
        head(world, time=world.setting.now, usual_rate=usual_rate),
        faults=tuple(map(faults.taken, world.faults.armed)),
        accounts=tuple(account_whole(account, world) for account in world.accounts),
    )


def account_whole(account: Account, world: World) -> records.Account:
    """Return the record of an account with all that is in it."""
    mine = [session for session in world.sessions if session.account is account]
    films = [render for render in world.renders if render.account is account]
    return msgspec.structs.replace(
        accounts.taken(account),
        tokens=tuple(map(accounts.token, account.tokens)),
        ledger=tuple(map(accounts.entry, account.ledger.entries)),
        sessions=tuple(_session(session, world) for session in mine),
        renders=tuple(map(renders.taken, films)),
    )


def _session(session: Session, world: World) -> records.Session:
    return msgspec.structs.replace(
        sessions.taken(session),
        uploads=tuple(map(assets.taken, session.uploads)),
        claims=tuple(map(sessions.claim, world.sessions.claims(session))),
        turns=tuple(map(turns.taken, session.turns)),
    )


def variants(record: records.World) -> Variants:
    """Return the variants of a world; raises `Wrong`."""
    found = Variants()
    for key, text in record.variants.items():
        with _in("variants", key):
            found = found.changed(key, text)
    return found


def restore(record: records.World, world: World) -> None:
    """Let a new world become the one of a record; raises `Wrong` for one that cannot be."""
    _check_time(record)
    _check_unique(record)
    setting = world.setting
    setting.now = float(record.time if record.settled_at is None else record.settled_at)
    world.request_ids = RequestIds(setting.chance, record.runs)
    armed = []
    for number, fault in enumerate(record.faults):
        with _in("faults", number):
            armed.append(faults.restored(fault))
    world.faults.restore(armed, record.armed)
    for number, account in enumerate(record.accounts):
        with _in("accounts", number):
            _restore(account, world)


def _restore(record: records.Account, world: World) -> None:
    account = accounts.restored(record)
    world.accounts.restore(account)
    media: dict[str, Asset] = {}
    for one in record.sessions:
        session = sessions.restore(one, account, world, world.setting.now)
        media |= {asset.url: asset for asset in (*session.uploads, *session.planned_media)}
    for number, render in enumerate(record.renders):
        with _in("renders", number):
            world.renders.restore(renders.restored(render, account, media))


@contextmanager
def _in(*path: str | int) -> Iterator[None]:
    """Say of what goes wrong inside that it does so at the end of `path`."""
    try:
        yield
    except Wrong as problem:
        raise Wrong(str(problem), (*path, *problem.path)) from None
    except ValueError as problem:
        raise Wrong(str(problem), path) from None


def _check_time(record: records.World) -> None:
    if record.settled_at is not None and record.settled_at > record.time:
        raise Wrong("nothing is settled that lies after the world's own time", ("settled_at",))


def _check_unique(world: records.World) -> None:
    """Raise `Wrong` where two have one name: a world would find only one of them."""
    seen: set[tuple[str, str]] = set()
    for what, name, path in _names(world):
        if (what, name) in seen:
            raise Wrong(f"this {what} is here twice", path)
        seen.add((what, name))


def _names(world: records.World) -> Iterator[tuple[str, str, Path]]:
    for number, fault in enumerate(world.faults):
        yield "fault", fault.id, ("faults", number, "id")
    for number, account in enumerate(world.accounts):
        here: Path = ("accounts", number)
        yield "account", account.uid, (*here, "uid")
        if account.client is not None:
            yield "client", account.client, (*here, "client")
        yield from _each("token", "value", (t.value for t in account.tokens), (*here, "tokens"))
        yield from _each("session", "id", (s.id for s in account.sessions), (*here, "sessions"))
        films = (f"{account.uid}/{render.id}" for render in account.renders)
        yield from _each("render", "id", films, (*here, "renders"))


def _each(what: str, key: str, names: Iterable[str], path: Path) -> Iterator[tuple[str, str, Path]]:
    for number, name in enumerate(names):
        yield what, name, (*path, number, key)
