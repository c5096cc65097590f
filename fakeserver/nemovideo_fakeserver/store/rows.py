"""A world taken apart into rows, one for each record, and put together again.

A row says of whom it is a part: tokens, entries, sessions and renders of an account; uploads, claims and
turns of a session. Parts of a list are numbered, and rows keep the order in which they were first written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from nemovideo_fakeserver.store import records

Kind: TypeAlias = Literal[
    "account", "token", "entry", "session", "upload", "claim", "turn", "render", "fault"
]

KINDS: dict[Kind, type[records.Record]] = {
    "account": records.Account,
    "token": records.Token,
    "entry": records.Entry,
    "session": records.Session,
    "upload": records.Asset,
    "claim": records.Claim,
    "turn": records.Turn,
    "render": records.Render,
    "fault": records.Fault,
}


class Row(NamedTuple):
    """One record by itself: what it is, whose ("" for a world's own), and which of them."""

    kind: Kind
    owner: str
    id: str
    record: records.Record


def alone(world: records.World) -> records.World:
    """Return a world without what has rows of its own."""
    return msgspec.structs.replace(world, faults=(), accounts=())


def apart(world: records.World) -> Iterator[Row]:
    """Yield the rows of a world."""
    for fault in world.faults:
        yield Row("fault", "", fault.id, fault)
    for account in world.accounts:
        yield from account_rows(account)


def account_rows(account: records.Account) -> Iterator[Row]:
    """Yield the rows of an account."""
    uid = account.uid
    own = msgspec.structs.replace(account, tokens=(), ledger=(), sessions=(), renders=())
    yield Row("account", "", uid, own)
    yield from (Row("token", uid, token.id, token) for token in account.tokens)
    yield from _numbered("entry", uid, account.ledger)
    for session in account.sessions:
        own_ = msgspec.structs.replace(session, uploads=(), claims=(), turns=())
        yield Row("session", uid, session.id, own_)
        yield from _numbered("upload", session.id, session.uploads)
        yield from _numbered("claim", session.id, session.claims)
        yield from _numbered("turn", session.id, session.turns)
    yield from (Row("render", uid, render.id, render) for render in account.renders)


def _numbered(kind: Kind, owner: str, parts: Iterable[records.Record]) -> Iterator[Row]:
    return (Row(kind, owner, str(number), part) for number, part in enumerate(parts))


def together(world: records.World, rows: Iterable[Row]) -> records.World:
    """Return a world with the records of these rows in it."""
    parts: dict[tuple[Kind, str], list[Any]] = defaultdict(list)
    for row in rows:
        parts[row.kind, row.owner].append(row.record)

    def of(kind: Kind, owner: str = "") -> tuple[Any, ...]:
        return tuple(parts[kind, owner])

    def session(own: records.Session) -> records.Session:
        uploads, claims, turns = (of(kind, own.id) for kind in ("upload", "claim", "turn"))
        return msgspec.structs.replace(own, uploads=uploads, claims=claims, turns=turns)

    def account(own: records.Account) -> records.Account:
        return msgspec.structs.replace(
            own,
            tokens=of("token", own.uid),
            ledger=of("entry", own.uid),
            sessions=tuple(map(session, of("session", own.uid))),
            renders=of("render", own.uid),
        )

    accounts = tuple(map(account, of("account")))
    return msgspec.structs.replace(world, faults=of("fault"), accounts=accounts)
