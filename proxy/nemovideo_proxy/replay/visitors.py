"""Who a live client is, and which values of the service's it is given.

The law:

* A client is known by its token, else its client id, else another id it was given, else its address.
* Who asks for a token and says nothing else is somebody new. So is, from then on, a client that asks
  for a token once more than the recorded one did: it runs again.
* A value the service made goes out as it was recorded, unless another client holds it: then a new one
  of the same length and letters, so that the two can be told apart.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterable, Iterator

from nemovideo_proxy.matching.asked import Heard
from nemovideo_proxy.matching.binding import Pair
from nemovideo_proxy.matching.ids import TELLING
from nemovideo_proxy.matching.lanes import Record
from nemovideo_proxy.places import Role
from nemovideo_proxy.replay.visitor import Visitor


class Visitors:
    """All live clients so far."""

    def __init__(self) -> None:
        self._known: dict[tuple[Role, str], Visitor] = {}
        self._by_peer: dict[str, Visitor] = {}
        self._taken: set[tuple[int, Role, str]] = set()
        self.all: list[Visitor] = []

    def known(self, heard: Heard) -> Visitor | None:
        """Return who asks, or None for somebody new."""
        for role, value in heard.telling:
            if visitor := self._known.get((role, value)):
                return visitor
        if any(role in ("token", "client") for role, _ in heard.telling):
            return None
        return None if heard.head.method == "POST" else self._by_peer.get(heard.head.peer)

    def numbered(self, number: int) -> Visitor | None:
        """Return the visitor of that number, or None."""
        return self.all[number - 1] if 0 < number <= len(self.all) else None

    def is_free(self, record: Record) -> bool:
        """Say whether the conversation of a recorded interaction is one that no client has begun."""
        return not any(each in self._taken for each in _identity(record))

    def new(self, recording: int) -> Visitor:
        """Make a visitor, who is nobody yet."""
        return Visitor(len(self.all) + 1, recording)

    def welcome(self, visitor: Visitor, peer: str) -> None:
        """Note that a client has been there."""
        if visitor.number > len(self.all):
            self.all.append(visitor)
        self._by_peer[peer] = visitor

    def bind(self, visitor: Visitor, record: Record, pairs: Iterable[Pair]) -> None:
        """Bind what a visitor said to what was recorded, and what the reply brings to what it is given."""
        new = visitor.binding.bind(pairs)
        if record.index not in visitor.played:  # else what it brings is bound already
            new += self._bind_made(visitor, record)
            self._taken.update(_identity(record))
        for role, recorded, live in new:
            if role == "client":
                self._known[role, live] = visitor
            elif role in TELLING:
                self._known.setdefault((role, live), visitor)
            if role == "token":
                self._taken.add((visitor.recording, role, recorded))

    def _bind_made(self, visitor: Visitor, record: Record) -> list[Pair]:
        new: list[Pair] = []
        for role, value in record.made:
            if visitor.binding.live(role, value) is None:
                given = self._given(visitor, role, value)
                new += visitor.binding.bind([(role, value, given)])
        return new

    def _given(self, visitor: Visitor, role: Role, recorded: str) -> str:
        given, tries = recorded, 0
        while self._known.get((role, given), visitor) is not visitor or (
            visitor.binding.recorded(role, given) is not None
        ):
            tries += 1
            given = another(recorded, visitor.number, tries)
        return given


def another(value: str, *salt: int) -> str:
    """Return a value like `value`: the same length, each letter and digit of the same kind; no other for one `salt`."""
    prefix = _PREFIX.match(value)
    fixed = prefix.end() if prefix and prefix.end() < len(value) else 0
    stream = _stream(value, salt)
    letters = _HEX if set(value[fixed:]) <= set(_HEX) else None
    return value[:fixed] + "".join(_like(letter, letters, stream) for letter in value[fixed:])


_PREFIX = re.compile(r"(?:[a-z]{1,8}_)+")
_HEX = "0123456789abcdef"
_KINDS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)


def _like(letter: str, letters: str | None, stream: Iterator[int]) -> str:
    kind = next((kind for kind in _KINDS if letter in kind), None)
    if kind == string.digits or letters is None:
        return letter if kind is None else kind[next(stream) % len(kind)]
    return letters[next(stream) % len(letters)]


def _stream(value: str, salt: tuple[int, ...]) -> Iterator[int]:
    block = 0
    while True:
        yield from hashlib.sha256(repr((value, salt, block)).encode()).digest()
        block += 1


def _identity(record: Record) -> list[tuple[int, Role, str]]:
    said = [
        (found.role, found.value) for found in record.asked.ids if found.role in ("token", "client")
    ]
    if not said:
        said = [(role, value) for role, value in record.made if role == "token"]
    return [(record.recording, role, value) for role, value in said]
