"""The player: a brain that answers from recordings, and from nothing else.

The law:

* A request is one of a visitor (`visitors`). It is put into recorded terms by what is bound for that
  visitor, found among the recorded ones (`matching`), and one of those is chosen (`choosing`, `polls`).
* The reply is what was recorded, at its recorded times, with the values bound for the visitor.
* What is not found is a miss. It changes nothing, and nobody else is asked.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import BodyPlan, Head, Probe, Reply, Request, Unreadable
from nemovideo_proxy.cassette.broken import BrokenCassette
from nemovideo_proxy.matching.asked import Address
from nemovideo_proxy.matching.lanes import Record, Shelf, Source
from nemovideo_proxy.replay.assets import PREFIX, Assets
from nemovideo_proxy.replay.choosing import Found, Later, Spent
from nemovideo_proxy.replay.finding import Finder, Looked, Way
from nemovideo_proxy.replay.masking import Mask
from nemovideo_proxy.replay.missing import Broken, Miss, missed
from nemovideo_proxy.replay.playing import Stage
from nemovideo_proxy.replay.telling import Teller
from nemovideo_proxy.replay.visitor import Visitor
from nemovideo_proxy.replay.visitors import Visitors

LARGEST = 64 * 2**20
"""Bytes of a body that is no upload."""
LARGEST_UPLOAD = 4 * 2**30

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RanOut:
    """All that this visitor's recording has was done, and its request goes on from there.

    `miss` is what the client is told if nobody goes on; `records` is its conversation, in order, and
    `live` puts recorded text into its own values and addresses.
    """

    visitor: Visitor
    miss: Miss
    records: tuple[Record, ...]
    live: Callable[[bytes], bytes]


class Player:
    """Answers from `sources`, whose times run on `clock`; uploads are spooled below `spool`."""

    def __init__(
        self, sources: Iterable[Source], *, clock: Clock, spool: Path, way: Way | None = None
    ) -> None:
        way = way or Way()
        self._clock = clock
        self._spool = spool
        self._plain = BodyPlan(limit=LARGEST, clock=clock)
        self._upload = BodyPlan(limit=LARGEST_UPLOAD, clock=clock, file_limit=LARGEST_UPLOAD)
        self._shelf = Shelf(sources, way.match_on)
        self._assets = Assets(self._shelf)
        self._visitors = Visitors()
        self._finder = Finder(self._shelf, self._visitors, self._assets, way)
        self._teller = Teller(self._assets)
        self._stage = Stage(clock=clock, instant=way.instant)
        self._lock = threading.Lock()
        self._played: set[int] = set()
        self._polled: set[tuple[int, Address]] = set()
        self.misses: list[Miss] = []
        """The requests that were not recorded, in order."""
        self.broken: list[Broken] = []
        """The requests whose answers could not be read, in order."""

    @property
    def spool(self) -> Path:
        """The folder into which doors spool uploads."""
        return self._spool

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Say how to read the body."""
        kind = (head.header("content-type") or "").lower()
        return self._upload if kind.startswith("multipart/form-data") else self._plain

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Look into nothing: a file is known by its sha256."""
        return Unreadable(f"{path.name} is not looked into")

    def dispatch(self, request: Request) -> Reply:
        """Answer a whole request; what was not recorded is a miss."""
        answer = self.answer(request)
        return self._refused(answer.miss) if isinstance(answer, RanOut) else answer

    def answer(self, request: Request) -> Reply | RanOut:
        """Answer a whole request, or say that this visitor's recording has run out."""
        with self._lock:
            try:
                return self._answer(request)
            except BrokenCassette as broken:
                asked = f"{request.head.method} {Mask().url(request.head.path)}"
                self.broken.append(Broken(request=asked, why=str(broken)))
                logger.warning("%s", self.broken[-1])
                return self.broken[-1].reply()

    def who(self, request: Request) -> Visitor | None:
        """Return the visitor whose request this is, or None for somebody new."""
        with self._lock:
            return self._finder.who(request)

    def knows(self, request: Request) -> bool:
        """Say whether there is a recorded answer, if only one that cannot be read; nothing is played."""
        with self._lock:
            try:
                return isinstance(self._finder.look(request, self._clock.now()).choice, Found)
            except BrokenCassette:
                return True

    @property
    def played(self) -> list[Record]:
        """What was played so far, in order of the recording."""
        return [record for record in self._shelf.records if record.index in self._played]

    def unplayed(self) -> list[Record]:
        """Return what nobody asked for: acts not done, and polls whose question was never asked."""
        with self._lock:
            return [record for record in self._shelf.records if not self._was_asked(record)]

    def _answer(self, request: Request) -> Reply | RanOut:
        looked = self._finder.look(request, self._clock.now())
        if isinstance(looked.choice, Found):
            return self._play(looked, looked.choice, request.head)
        miss = self._missed(looked)
        is_file = request.head.path.startswith(PREFIX)  # only a recording can have that
        if looked.visitor is None or is_file or self._has_acts_left(looked.visitor):
            return self._refused(miss)
        return self._ran_out(looked.visitor, miss, request.head.base)

    def _play(self, looked: Looked, found: Found, head: Head) -> Reply:
        visitor, record = looked.visitor, found.record
        assert visitor is not None, "who gets an answer is somebody"
        self._visitors.welcome(visitor, head.peer)
        self._visitors.bind(visitor, record, found.pairs)
        visitor.played.add(record.index)
        if record.is_act:
            visitor.did(record, self._clock.now())
        if record.index not in self._played:
            self._played.add(record.index)
            self._polled.update(self._poll_of(record))
        return self._teller.scene(record, visitor, head.base).played(self._stage)

    def _missed(self, looked: Looked) -> Miss:
        match looked.choice:
            case Spent(record):
                why = f"#{record.entry.number} is the last of its kind, and was replayed already"
                return missed(looked.asked, looked.visitor, [record], why)
            case Later(record, after):
                why = f"only recorded later, after {after}"
                return missed(looked.asked, looked.visitor, [record], why)
        return missed(looked.asked, looked.visitor, self._shelf.records)

    def _refused(self, miss: Miss) -> Reply:
        self.misses.append(miss)
        logger.warning("%s", miss)
        return miss.reply()

    def _has_acts_left(self, visitor: Visitor) -> bool:
        tokens = visitor.tokens()
        return any(
            act.recording == visitor.recording
            and act.index not in visitor.played
            and act.asked.first("token") in tokens
            for act in self._shelf.acts
        )

    def _ran_out(self, visitor: Visitor, miss: Miss, base: str) -> RanOut:
        return RanOut(
            visitor=visitor,
            miss=miss,
            records=tuple(each for each in self._shelf.records if _is_of(each, visitor)),
            live=lambda text: self._teller.live(text, visitor, base),
        )

    def _was_asked(self, record: Record) -> bool:
        if record.index in self._played:
            return True
        with suppress(BrokenCassette):  # what cannot be read was not played
            return not self._polled.isdisjoint(self._poll_of(record))
        return False

    def _poll_of(self, record: Record) -> set[tuple[int, Address]]:
        """Return what a poll asks: where, and about what; an act asks nothing."""
        if record.is_act:
            return set()
        return {(id(self._finder.lane_of(record)), record.asked.address)}


def _is_of(record: Record, visitor: Visitor) -> bool:
    """Say whether something is of a visitor's conversation: it played it, or all its ids are bound."""
    if record.recording != visitor.recording:
        return False
    address = record.asked.address
    return record.index in visitor.played or (
        bool(address)
        and all(visitor.binding.live(role, value) is not None for role, value in address)
    )
