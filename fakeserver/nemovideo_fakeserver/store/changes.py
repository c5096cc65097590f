"""From marks to what is to be written: the rows of what is marked, as it is now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.store import accounts, assets, faults, renders, sessions, turns
from nemovideo_fakeserver.store.marks import WORLD, Mark
from nemovideo_fakeserver.store.records import Record
from nemovideo_fakeserver.store.rows import Kind, Row, account_rows
from nemovideo_fakeserver.store.worlds import account_whole

GROWING: tuple[Kind, ...] = ("entry", "upload", "claim", "turn")
"""Lists of which nothing changes once it is there."""


class Lengths:
    """How much of each list that only grows has been written."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._written: dict[tuple[Kind, str], int] = {}
        self.note(rows)

    def new(
        self, kind: Kind, owner: str, parts: Sequence[Any], taken: Callable[[Any], Record]
    ) -> Iterator[Row]:
        """Yield the rows of what has not been written yet."""
        for number in range(self._written.get((kind, owner), 0), len(parts)):
            yield Row(kind, owner, str(number), taken(parts[number]))

    def note(self, rows: Iterable[Row]) -> None:
        """Note that these rows have been written."""
        for row in rows:
            if row.kind in GROWING:
                self._written[row.kind, row.owner] = int(row.id) + 1

    def forget(self, owners: Collection[str]) -> None:
        """Note that nothing of these owners is written any more."""
        if owners:
            self._written = {key: n for key, n in self._written.items() if key[1] not in owners}


@dataclass(slots=True, kw_only=True)
class Changes:
    """What is to be written: first all that belongs to `forgotten` accounts goes, then faults that are `gone`."""

    forgotten: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def changes(marks: Collection[Mark], world: World, lengths: Lengths) -> Changes:
    """Return what these marks ask for."""
    found = Changes(forgotten=[ids[0] for noun, *ids in marks if noun == "forgotten"])
    for uid in found.forgotten:
        account = world.accounts.get(uid)
        if account is not None:  # its client has come again
            found.rows += account_rows(account_whole(account, world))
    for mark in marks:
        if mark == WORLD or mark[1] in found.forgotten:
            continue
        noun, id_, *ids = mark
        if noun == "fault":
            _fault(id_, world, found)
        else:
            account = world.accounts.get(id_)
            assert account is not None, f"{id_} is gone, and no fact has said so"
            found.rows += _ROWS[noun](account, ids, world, lengths)
    return found


def _fault(id_: str, world: World, found: Changes) -> None:
    armed = [fault for fault in world.faults.armed if fault.id == id_]
    found.rows += (Row("fault", "", id_, faults.taken(fault)) for fault in armed)
    if not armed:
        found.gone.append(id_)


def _account(account: Account, _ids: list[str], _world: World, _lengths: Lengths) -> Iterator[Row]:
    yield Row("account", "", account.uid, accounts.taken(account))


def _registered(account: Account, ids: list[str], world: World, lengths: Lengths) -> Iterator[Row]:
    """An account that is registered may do more with the tokens it has."""
    yield from _account(account, ids, world, lengths)
    yield from (Row("token", account.uid, t.id, accounts.token(t)) for t in account.tokens)


def _token(account: Account, ids: list[str], _world: World, _lengths: Lengths) -> Iterator[Row]:
    for token in account.tokens:
        if token.id == ids[0]:
            yield Row("token", account.uid, token.id, accounts.token(token))


def _entries(account: Account, _ids: list[str], _world: World, lengths: Lengths) -> Iterator[Row]:
    return lengths.new("entry", account.uid, account.ledger.entries, accounts.entry)


def _session(account: Account, ids: list[str], world: World, _lengths: Lengths) -> Iterator[Row]:
    session = world.sessions.get(account, ids[0])
    yield Row("session", account.uid, session.id, sessions.taken(session))


def _uploads(account: Account, ids: list[str], world: World, lengths: Lengths) -> Iterator[Row]:
    session = world.sessions.get(account, ids[0])
    return lengths.new("upload", session.id, session.uploads, assets.taken)


def _claims(account: Account, ids: list[str], world: World, lengths: Lengths) -> Iterator[Row]:
    session = world.sessions.get(account, ids[0])
    return lengths.new("claim", session.id, world.sessions.claims(session), sessions.claim)


def _turns(account: Account, ids: list[str], world: World, lengths: Lengths) -> Iterator[Row]:
    session = world.sessions.get(account, ids[0])
    return lengths.new("turn", session.id, session.turns, turns.taken)


def _render(account: Account, ids: list[str], world: World, _lengths: Lengths) -> Iterator[Row]:
    render = world.renders.get(account, ids[0])
    yield Row("render", account.uid, render.id, renders.taken(render))


_ROWS: Mapping[str, Callable[[Account, list[str], World, Lengths], Iterator[Row]]] = {
    "account": _account,
    "registered": _registered,
    "token": _token,
    "entries": _entries,
    "session": _session,
    "uploads": _uploads,
    "claims": _claims,
    "turns": _turns,
    "render": _render,
}
