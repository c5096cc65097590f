"""The values in a request and in a reply that tell one conversation from another, and where they stand.

Two requests with one signature have their ids at the same places, so that those can be paired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from nemovideo_proxy import places
from nemovideo_proxy.places import NOBODY, Role
from nemovideo_proxy.signature import role_of

KEPT: frozenset[Role] = frozenset(("token", "client", "user", "claim", "session", "task", "render"))
"""The roles that are followed through a conversation."""

MADE: frozenset[Role] = frozenset(("token", "user", "claim", "session", "task"))
"""The roles whose values the service makes."""

TELLING: tuple[Role, ...] = ("token", "client", "session", "claim", "user", "task")
"""The roles by whose values a client is known, the surest first."""

ADDRESS: frozenset[Role] = frozenset(("token", "session", "render", "claim"))
"""The roles that say which of the things of its kind a request is about."""


class Id(NamedTuple):
    """One value: what it is, where it stands, and the value itself."""

    role: Role
    place: str
    value: str


def in_head(path: str, query: str, headers: tuple[tuple[str, str], ...]) -> Iterator[Id]:
    """Yield the ids in a request but for its body."""
    for name, text in headers:
        role = places.IN_HEADERS.get(name.lower())
        if role in KEPT and (value := _said(role, text)):
            yield Id(role, role, value)
    for role, start, end in places.in_path(path):
        if (value := path[start:end]) not in NOBODY:
            yield Id(role, f"path {role}", value)
    for name, value in parse_qsl(query) if query else ():
        role = places.IN_QUERY.get(name.lower())
        if role in KEPT and value not in NOBODY:
            yield Id(role, f"query {name}", value)


def in_json(value: Any, *, is_order: bool, place: str = "$") -> Iterator[Id]:
    """Yield the ids in a JSON value, at any depth."""
    match value:
        case dict():
            for key, inner in value.items():
                here = f"{place}.{key}"
                role = role_of(key, is_order=is_order)
                if role is None or not isinstance(inner, str):
                    yield from in_json(inner, is_order=False, place=here)
                elif role in KEPT and inner not in NOBODY:
                    yield Id(role, here, inner)
        case list():
            for index, inner in enumerate(value):
                yield from in_json(inner, is_order=False, place=f"{place}[{index}]")


_MADE_KEYS = {key.encode(): role for key, role in places.IN_JSON.items() if role in MADE}
_MADE = re.compile(
    rb'\\*"(' + b"|".join(map(re.escape, _MADE_KEYS)) + rb')\\*"\s*:\s*\\*"([^"\\]+)', re.IGNORECASE
)


def made_in(body: bytes) -> tuple[tuple[Role, str], ...]:
    """Return the values the service made that stand in a reply, in order: JSON, or events of it."""
    lower = body.lower()
    if not any(key in lower for key in _MADE_KEYS):  # most bodies: that is found out much faster
        return ()
    found: dict[tuple[Role, str], None] = {}
    for key, value in _MADE.findall(body):
        text = value.decode("utf-8", "replace")
        if text not in NOBODY:
            found[_MADE_KEYS[key.lower()], text] = None
    return tuple(found)


def _said(role: Role | None, text: str) -> str:
    """Return the value in a header; of an authorization what follows the scheme."""
    return text.rpartition(" ")[2] if role == "token" else text.strip()
