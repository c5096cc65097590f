"""The state file: one SQLite file for all worlds of a fake.

Law: one fake at a time has it. What has been written survives the end of the process, however it ends (a
write-ahead log, synced at checkpoints: only a failing machine loses its last moments). A file that is
refused stays as it was.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from nemovideo_fakeserver.store import owners, records
from nemovideo_fakeserver.store.broken import StateUnusable
from nemovideo_fakeserver.store.changes import Changes
from nemovideo_fakeserver.store.encoding import decoded, encoded
from nemovideo_fakeserver.store.folder import Folder, owner
from nemovideo_fakeserver.store.header import APPLICATION, is_new
from nemovideo_fakeserver.store.rows import KINDS, Row, alone, apart, together

_MAKE = (
    """CREATE TABLE world (
        place INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, record TEXT NOT NULL
    )""",
    """CREATE TABLE part (
        place INTEGER PRIMARY KEY, world TEXT NOT NULL, owner TEXT NOT NULL, kind TEXT NOT NULL,
        id TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (world, owner, kind, id)
    )""",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {records.VERSION}",
)
_PUT_WORLD = (
    "INSERT INTO world (name, record) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET record = excluded.record"
)
_PUT_PART = (
    "INSERT INTO part (world, owner, kind, id, record) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (world, owner, kind, id) DO UPDATE SET record = excluded.record"
)


class Database:
    """An open state file and the folder beside it; both are made when they are missing.

    Raises `StateUnusable`. Everything may be called from any thread.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.RLock()
        with ExitStack() as undo:
            undo.callback(owners.release, owners.claim(path))
            new = is_new(path)
            self.folder = Folder(path)
            undo.callback(self.folder.close)
            self._db = _opened(path, new=new)
            undo.callback(self._db.close)
            self._end = undo.pop_all()
        weakref.finalize(self, self._end.close)

    def worlds(self) -> list[records.World]:
        """Return all worlds in order of their making; raises `StateUnusable` for a damaged file."""
        with self.lock, _reading(self.path):
            found = self._db.execute("SELECT name, record FROM world ORDER BY place").fetchall()
            return [self._world(name, record) for name, record in found]

    def _world(self, name: str, record: str) -> records.World:
        parts = self._db.execute(
            "SELECT kind, owner, id, record FROM part WHERE world = ? ORDER BY place", (name,)
        )
        return together(
            decoded(record, records.World),
            (Row(kind, owner, id_, decoded(part, KINDS[kind])) for kind, owner, id_, part in parts),
        )

    def write(self, head: records.World, changes: Changes) -> list[str]:
        """Write what a world has changed, all of it or nothing; return whose parts are gone."""
        name = head.name
        with self.transaction() as db:
            gone = [owner for uid in changes.forgotten for owner in _forget(db, name, uid)]
            for fault in changes.gone:
                db.execute(
                    "DELETE FROM part WHERE world = ? AND owner = '' AND kind = 'fault' AND id = ?",
                    (name, fault),
                )
            db.executemany(_PUT_PART, (_values(name, row) for row in changes.rows))
            db.execute(_PUT_WORLD, (name, encoded(head)))
        return gone

    def replace(self, world: records.World) -> None:
        """Write a whole world in the place of the one of its name."""
        with self.transaction() as db:
            db.execute("DELETE FROM part WHERE world = ?", (world.name,))
            db.executemany(_PUT_PART, (_values(world.name, row) for row in apart(world)))
            db.execute(_PUT_WORLD, (world.name, encoded(alone(world))))

    def close(self) -> None:
        """Give the file up."""
        with self.lock:
            self._end.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all that is written inside, or nothing; one inside another is part of it."""
        with self.lock:
            if self._db.in_transaction:
                yield self._db
                return
            try:
                self._db.execute("BEGIN")
                yield self._db
                self._db.execute("COMMIT")
            except sqlite3.Error as problem:
                self._roll_back()
                raise StateUnusable(f"{self.path} cannot be written: {problem}") from problem
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")


def _opened(path: Path, *, new: bool) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as problem:
        raise StateUnusable(f"{path} cannot be made a state file: {problem}") from None
    try:
        with _reading(path):
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            for statement in _MAKE if new else ():
                db.execute(statement)
            db.execute("COMMIT")
            _check(db)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        db.close()
        raise
    return db


def _check(db: sqlite3.Connection) -> None:
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Say in a sentence what SQLite or the records of a file complain of."""
    try:
        yield
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise StateUnusable(owners.taken(path, owner(path))) from None
        raise StateUnusable(f"{path} cannot be used as a state file: {problem}") from None
    except (sqlite3.DatabaseError, msgspec.DecodeError, KeyError, TypeError) as problem:
        why = " ".join(str(problem).split())
        raise StateUnusable(
            f"{path} is damaged ({why}): begin with another file, from a snapshot if there is one"
        ) from None


def _forget(db: sqlite3.Connection, world: str, uid: str) -> list[str]:
    """Remove an account with all that is its own; return whose parts are gone."""
    sessions = db.execute(
        "SELECT id FROM part WHERE world = ? AND owner = ? AND kind = 'session'", (world, uid)
    )
    gone = [uid, *(id_ for (id_,) in sessions)]
    db.executemany(
        "DELETE FROM part WHERE world = ? AND owner = ?", ((world, owner) for owner in gone)
    )
    db.execute(
        "DELETE FROM part WHERE world = ? AND owner = '' AND kind = 'account' AND id = ?",
        (world, uid),
    )
    return gone


def _values(world: str, row: Row) -> tuple[str, str, str, str, str]:
    return world, row.owner, row.kind, row.id, encoded(row.record)
