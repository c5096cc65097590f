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
from nemovideo_proxy.matching.rewriting import Words, joined
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
        self._outgoing = self._incoming = Words({})
        self._at_places: list[tuple[re.Pattern[bytes], bytes]] = []

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
        one_each = len({pair[:2] for pair in pairs}) == len(set(pairs))
        return pairs if one_each and all(self.may(*pair) for pair in pairs) else None

    def bind(self, pairs: Iterable[Pair]) -> None:
        """Bind values that may be."""
        new = [pair for pair in pairs if pair[:2] not in self._live]
        for role, recorded, live in new:
            self._live[role, recorded] = live
            self._recorded[role, live] = recorded
        if any(recorded != live for _, recorded, live in new):
            self._compile()

    def outgoing(self, data: bytes) -> list[tuple[int, int, bytes]]:
        """Return what is to be replaced in a recorded text to make it live: see `Words.spans`."""
        spans = self._outgoing.spans(data)
        for pattern, new in self._at_places:
            found = [(*match.span(1), new) for match in pattern.finditer(data)]
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
        return self._recorded.get((role, live), live)

    def _parameter(self, text: str) -> str:
        name, mark, value = text.partition("=")
        role = places.IN_QUERY.get(unquote_plus(name).lower())
        said = self._recorded.get((role, unquote_plus(value))) if role else None
        return text if said is None else name + mark + quote_plus(said)

    def _compile(self) -> None:
        changed = [pair for pair in self.pairs() if pair[1] != pair[2]]
        self._outgoing = Words({old: new for _, old, new in changed if _says_much(old)})
        self._incoming = Words({old: new for _, new, old in changed if _says_much(old)})
        self._at_places = [
            (_at_place(role, old), new.encode())
            for role, old, new in changed
            if not _says_much(old)
        ]


def _says_much(value: str) -> bool:
    return len(value) >= SAYS_MUCH and any(letter.isdigit() for letter in value)


def _at_place(role: Role, value: str) -> re.Pattern[bytes]:
    keys = [key for key, its in places.IN_JSON.items() if its == role]
    keys += places.RENDER_KEYS if role == "render" else ()
    names = "|".join(map(re.escape, keys)) or "(?!)"
    return re.compile(rf'"(?:{names})"\s*:\s*"({re.escape(value)})"'.encode())
