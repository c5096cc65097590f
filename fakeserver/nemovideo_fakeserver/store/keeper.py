"""Keeping one world in a state file: at the end of each act exactly what it has changed, in one transaction.

Law: what a reply tells is in the file before the reply leaves. Time, which goes on by itself, is written a
little ahead (`AHEAD`), so that most acts write nothing for it; after a kill the world goes on there, and
never behind anything that a client has seen. Where time stands, it is written as it is.
"""

from __future__ import annotations

from math import inf

from nemovideo_fakeserver.clock import LATEST
from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.store import records, worlds
from nemovideo_fakeserver.store.changes import Lengths, changes
from nemovideo_fakeserver.store.database import Database
from nemovideo_fakeserver.store.marks import MARKING, WORLD, Mark
from nemovideo_fakeserver.store.rows import apart

AHEAD = 1.0
"""Real seconds for which time is written ahead."""


class Keeper:
    """Keeps `world`; `usual_rate` is the rate its clock would have unless told otherwise.

    Its methods are called under the world's lock, but for `retire`.
    """

    def __init__(self, database: Database, world: World, *, usual_rate: float) -> None:
        self._database = database
        self._world = world
        self._usual_rate = usual_rate
        self._marks: dict[Mark, None] = {}
        self._lengths = Lengths()
        self._until = -inf
        self._rate = world.setting.clock.rate
        self._idle = True
        self._runs = world.request_ids.runs
        self._retired = False
        world.journal.listen(self._hear)

    def know(self, written: records.World) -> None:
        """Take it that the file has the world as in this record."""
        self._lengths = Lengths(apart(written))

    def save(self) -> None:
        """Write the whole world, whatever the file had."""
        whole = worlds.whole(self._world, usual_rate=self._usual_rate)
        with self._database.lock:
            self._database.replace(whole)
        self._marks.clear()
        self.know(whole)

    def commit(self) -> None:
        """End an act: write what it has changed, if anything."""
        clock = self._world.setting.clock
        if self._marks or clock.now() > self._until or clock.rate != self._rate:
            self._write(ahead=AHEAD)

    def end(self) -> None:
        """Write what is left, and the time as it is; nothing after that."""
        self._write(ahead=0)
        self.retire()

    def retire(self) -> None:
        """Write nothing any more: another world has taken the place of this one."""
        with self._database.lock:
            self._retired = True

    def _hear(self, fact: Fact) -> None:
        marking = MARKING.get(fact.kind)
        if marking is not None:
            self._marks[marking(fact.what)] = None
        elif self._idle and fact.kind == "request":
            self._count_run()

    def _count_run(self) -> None:
        """Notice that the world has begun to number requests."""
        if self._world.request_ids.runs != self._runs:
            self._idle = False
            self._marks[WORLD] = None

    def _write(self, *, ahead: float) -> None:
        clock = self._world.setting.clock
        rate = clock.rate
        time = min(clock.now() + rate * ahead, LATEST)
        with self._database.lock:
            if self._retired:
                return
            head = worlds.head(self._world, time=time, usual_rate=self._usual_rate)
            found = changes(self._marks, self._world, self._lengths)
            self._lengths.forget(self._database.write(head, found))
        self._lengths.note(found.rows)
        self._marks.clear()
        self._until, self._rate = time, rate
