"""The recorded interactions, found by what is compared; each is read when it is first needed.

The law:

* A lane holds the interactions that are the same request, in order. It is found in a dict, so that
  the cost of a request does not grow with the recording. It is made when it is first asked for.
* A lane is read on only as far as somebody looks, and each of its interactions once. What has been read
  is sorted by address: which render, which session, whose token.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from pathlib import Path
from typing import Any, Protocol

from nemovideo_proxy.matching.asked import Address, Asked, recorded
from nemovideo_proxy.matching.ids import made_in
from nemovideo_proxy.matching.rules import Criterion, key_of
from nemovideo_proxy.model import Blob, Header, Interaction
from nemovideo_proxy.places import Role
from nemovideo_proxy.signature import Signature


class Entry(Protocol):
    """One line of the index of a cassette."""

    @property
    def number(self) -> int:
        """The number of the interaction."""
        ...

    @property
    def signature(self) -> Signature:
        """What its request asks for."""
        ...

    @property
    def line(self) -> int:
        """The line of the file on which it begins, from 1."""
        ...


class Source(Protocol):
    """What replay needs of a cassette."""

    @property
    def path(self) -> Path:
        """Its file."""
        ...

    @property
    def header(self) -> Header:
        """What it says of itself."""
        ...

    @property
    def entries(self) -> Sequence[Entry]:
        """Its index."""
        ...

    def interaction(self, entry: Any) -> Interaction:
        """Read one of its own entries."""
        ...

    def path_of(self, blob: Blob) -> Path:
        """Return where the content of a blob lies."""
        ...


class Record:
    """One recorded interaction; `index` counts through all of them, `recording` is that of its cassette.

    What it asked for is kept once it has been read.
    """

    __slots__ = ("_asked", "_at", "_made", "entry", "index", "recording", "source")

    def __init__(self, index: int, recording: int, source: Source, entry: Entry) -> None:
        self.index = index
        self.recording = recording
        self.source = source
        self.entry = entry
        self._asked: Asked | None = None
        self._at = 0.0
        self._made: tuple[tuple[Role, str], ...] | None = None

    def __str__(self) -> str:
        return f"#{self.entry.number} {self.entry.signature.method} {self.entry.signature.shape}"

    @property
    def where(self) -> str:
        """Its file and line."""
        return f"{self.source.path}:{self.entry.line}"

    @property
    def is_act(self) -> bool:
        """Whether it may have changed something."""
        return self.entry.signature.method not in ("GET", "HEAD")

    @property
    def asked(self) -> Asked:
        """What its request asked for."""
        if self._asked is None:
            interaction = self.read()
            self._asked = recorded(interaction.request, self.entry.signature)
            self._at = interaction.at
        return self._asked

    @property
    def at(self) -> float:
        """When it was asked, in seconds from the beginning of its recording."""
        return self._at if self.asked else 0.0

    @property
    def made(self) -> tuple[tuple[Role, str], ...]:
        """The values its reply brought."""
        if self._made is None:
            response = self.read().response
            body = response.body if response is not None else b""
            self._made = made_in(body) if isinstance(body, bytes) else ()
        return self._made

    def read(self) -> Interaction:
        """Read the whole of it."""
        return self.source.interaction(self.entry)


class Lane:
    """Interactions of one recording that are the same request."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._read = 0
        self._buckets: dict[Address, list[Record]] = {}

    def append(self, record: Record) -> None:
        """Add the next one."""
        self._records.append(record)

    @property
    def last(self) -> Record:
        """The last record; a lane has one at least."""
        return self._records[-1]

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __reversed__(self) -> Iterator[Record]:
        return reversed(self._records)

    def since(self, position: int) -> Iterator[Record]:
        """Yield the records from the one at `position` on."""
        return (self._records[at] for at in range(position, len(self._records)))

    def position(self, address: Address, index: int) -> int:
        """Return the place, among those at `address`, of the first whose index is `index` or more."""
        while self._read < len(self._records) and self._records[self._read].index < index:
            self._read_on()
        return bisect_left(self._buckets.get(address, []), index, key=_index)

    def at(self, address: Address, position: int, until: float = inf) -> Iterator[Record]:
        """Yield those at `address` from a position on; read on no further than the recorded time `until`."""
        bucket = self._buckets.setdefault(address, [])
        while True:
            if position < len(bucket):
                yield bucket[position]
                position += 1
            elif self._read < len(self._records) and self._records[self._read].at <= until:
                self._read_on()
            else:
                return

    def _read_on(self) -> None:
        record = self._records[self._read]
        self._buckets.setdefault(record.asked.address, []).append(record)
        self._read += 1


def _index(record: Record) -> int:
    return record.index


class Shelf:
    """All recordings: their lanes, and the acts in order."""

    def __init__(self, sources: Iterable[Source], match_on: tuple[Criterion, ...]) -> None:
        self.sources = tuple(sources)
        self._match_on = match_on
        every = [
            (at, each, entry) for at, each in enumerate(self.sources) for entry in each.entries
        ]
        self.records = [Record(index, *each) for index, each in enumerate(every)]
        self.acts = [record for record in self.records if record.is_act]
        self._lanes: dict[tuple[str, ...], dict[int, Lane]] = {}
        self._alike: dict[tuple[str, ...], list[Record]] = {}
        for record in self.records:
            key = key_of(record.entry.signature, match_on)
            self._alike.setdefault(key, []).append(record)

    def lanes(self, signature: Signature) -> dict[int, Lane]:
        """Return the lanes of a request, by recording."""
        key = key_of(signature, self._match_on)
        if key in self._alike:
            self._lanes[key] = by_recording(self._alike.pop(key))
        return self._lanes.get(key, {})

    def acts_before(self, index: int) -> Iterator[Record]:
        """Yield the acts before the record of that index, the last one first."""
        start = bisect_left(self.acts, index, key=_index)
        return (self.acts[at] for at in range(start - 1, -1, -1))

    def acts_after(self, index: int) -> Iterator[Record]:
        """Yield the acts after the record of that index."""
        start = bisect_left(self.acts, index + 1, key=_index)
        return (self.acts[at] for at in range(start, len(self.acts)))


def by_recording(records: Iterable[Record]) -> dict[int, Lane]:
    """Return the lanes of records that are the same request."""
    lanes: dict[int, Lane] = {}
    for record in records:
        lanes.setdefault(record.recording, Lane()).append(record)
    return lanes
