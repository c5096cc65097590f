"""What stands for what: the recorded values of one visitor's conversation, and the live ones.

The law:

* One recorded value of a role is one live value, both ways. Once bound, it stays.
* A value that says much (long, with a digit) is replaced wherever it stands as a word. One that may be
  a common word, as a client id `me` may, is replaced only at the places of its role.
* Values that are the same on both sides are bound, too, and replace nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from nemovideo_proxy import places
from nemovideo_proxy.matching.ids import Id
from nemovideo_proxy.matching.rewriting import Span, Words, joined
from nemovideo_proxy.places import Role
from nemovideo_proxy.signature import role_of

Pair = tuple[Role, str, str]
"""A role, a recorded value and a live one."""

SAYS_MUCH = 8
"""Characters from which on a value with a digit is taken for nothing else anywhere."""


class Binding:
    """A two-way map that only grows."""

    def __init__(self) -> None:
        self._live: dict[tuple[Role, str], str] = {}
        self._recorded: dict[tuple[Role, str], str] = {}
        self._outgoing, self._incoming = Words(), Words()
        self._at_places: dict[Role, dict[bytes, bytes]] = {}

    @property
    def size(self) -> int:
        """How much is bound. It only grows: with the same size all that it says is the same."""
        return len(self._live)

    def live(self, role: Role, recorded: str) -> str | None:
        """Return what stands for a recorded value, or None."""
        return self._live.get((role, recorded))

    def recorded(self, role: Role, live: str) -> str | None:
        """Return what a live value stands for, or None."""
        return self._recorded.get((role, live))

    def pairs(self) -> Iterator[Pair]:
        """Yield all that is bound, in order."""
        return ((role, recorded, live) for (role, recorded), live in self._live.items())

    def may(self, role: Role, recorded: str, live: str) -> bool:
        """Say whether the two are bound to each other, or could be."""
        return (
            self._live.get((role, recorded), live) == live
            and self._recorded.get((role, live), recorded) == recorded
        )

    def agreed(self, recorded: Iterable[Id], live: Iterable[Id]) -> list[Pair] | None:
        """Return the values that stand at the same places of two requests; None if two cannot be one."""
        said = {found.place: found.value for found in live}
        pairs = [
            (found.role, found.value, said[found.place])
            for found in recorded
            if found.place in said
        ]
        if all(self._live.get((role, recorded)) == live for role, recorded, live in pairs):
            return pairs
        every = set(pairs)
        ways = {pair[:2] for pair in every}, {(role, live) for role, _, live in every}
        one_each = all(len(way) == len(every) for way in ways)
        return pairs if one_each and all(self.may(*pair) for pair in pairs) else None

    def bind(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Bind values that may be; return those that were not yet."""
        new = []
        for pair in pairs:
            role, recorded, live = pair
            if (role, recorded) not in self._live:
                new.append(pair)
                self._live[role, recorded] = live
                self._recorded[role, live] = recorded
                if recorded != live:
                    self._replace(role, recorded, live)
        return new

    def outgoing(self, data: bytes) -> list[Span]:
        """Return what is to be replaced in a recorded text to make it live."""
        spans = self._outgoing.spans(data)
        for role, table in self._at_places.items():
            matches = _AT_PLACES[role].finditer(data)
            found = [(*each.span(1), table[each[1]]) for each in matches if each[1] in table]
            spans = joined(spans, found) if found else spans
        return spans

    def outgoing_text(self, text: str) -> str:
        """Return a recorded header value as this visitor is to see it."""
        return self._outgoing.text(text)

    def url(self, url: str) -> str:
        """Return a live path with its query in recorded terms."""
        path, mark, query = url.partition("?")
        for role, start, end in reversed(list(places.in_path(path))):
            path = path[:start] + self._said(role, path[start:end]) + path[end:]
        return self._incoming.text(path + mark + "&".join(map(self._parameter, query.split("&"))))

    def value(self, value: Any, *, is_order: bool = False) -> Any:
        """Return a live JSON value in recorded terms."""
        match value:
            case dict():
                return {
                    key: self._said(role, inner)
                    if (role := role_of(key, is_order=is_order)) and isinstance(inner, str)
                    else self.value(inner)
                    for key, inner in value.items()
                }
            case list():
                return [self.value(inner) for inner in value]
            case str():
                return self._incoming.text(value)
            case _:
                return value

    def _said(self, role: Role, live: str) -> str:
        found = self._recorded.get((role, live))
        return self._incoming.text(live) if found is None else found

    def _parameter(self, text: str) -> str:
        name, mark, value = text.partition("=")
        role = places.IN_QUERY.get(unquote_plus(name).lower())
        said = self._recorded.get((role, unquote_plus(value))) if role else None
        return text if said is None else name + mark + quote_plus(said)

    def _replace(self, role: Role, recorded: str, live: str) -> None:
        if _says_much(recorded):
            self._outgoing.add(recorded, live)
        elif role in _AT_PLACES:
            self._at_places.setdefault(role, {})[recorded.encode()] = live.encode()
        if _says_much(live):
            self._incoming.add(live, recorded)


def _says_much(value: str) -> bool:
    return len(value) >= SAYS_MUCH and any(letter.isdigit() for letter in value)


def _keys() -> dict[Role, list[str]]:
    keys: dict[Role, list[str]] = {"render": list(places.RENDER_KEYS)}
    for key, role in places.IN_JSON.items():
        keys.setdefault(role, []).append(key)
    return keys


_AT_PLACES = {
    role: re.compile(rf'"(?:{"|".join(keys)})"\s*:\s*"([^"\\]+)"'.encode(), re.IGNORECASE)
    for role, keys in _keys().items()
}
"""By role: its value in JSON text."""
