"""What a request asks for, in the terms of the recording: the same for a recorded and a live one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.wire import messages
from nemovideo_proxy.matching.ids import ADDRESS, TELLING, Id, in_head, in_json
from nemovideo_proxy.model import Headers, Request
from nemovideo_proxy.places import Role
from nemovideo_proxy.signature import (
    Signature,
    anybody,
    is_order,
    json_of,
    meaning_of,
    part_meaning,
    signed,
)

Address = frozenset[tuple[Role, str]]
"""Which of the things of its kind a request is about: recorded values by role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: `url` and what it means in recorded terms, `ids` as they were sent."""

    method: str
    url: str
    headers: Headers
    ids: tuple[Id, ...]
    signature: Signature
    means: Callable[[], Any]

    @property
    def meaning(self) -> Any:
        """What its body asks for; see `signature`."""
        return self.means()

    @property
    def has_token(self) -> bool:
        """Whether it says who asks."""
        return any(found.role == "token" for found in self.ids)

    @property
    def address(self) -> Address:
        """Its ids that say what it is about."""
        return frozenset((found.role, found.value) for found in self.ids if found.role in ADDRESS)

    def first(self, role: Role) -> str | None:
        """Return the first value of that role, or None."""
        return next((found.value for found in self.ids if found.role == role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How live terms become recorded ones: a path with its query, and a JSON value (of an order or not)."""

    url: Callable[[str], str]
    value: Callable[[Any, bool], Any]


def recorded(request: Request, signature: Signature) -> Asked:
    """Return what a recorded request with that signature asks for; what it means is found when needed."""
    path, _, query = request.url.partition("?")
    ids = list(in_head(path, query, request.headers))
    if isinstance(request.body, bytes) and request.body:
        with suppress(ValueError, RecursionError):
            said = json_of(request.headers, request.body)
            ids += in_json(said, is_order=is_order(path))
    return Asked(
        method=request.method,
        url=request.url,
        headers=request.headers,
        ids=tuple(ids),
        signature=signature,
        means=lambda: meaning_of(path, request.headers, request.body),
    )


class Heard:
    """A live request as it came: `ids` are in it, and `asked` puts it into recorded terms."""

    def __init__(self, head: messages.Head, body: messages.Body) -> None:
        self.head = head
        self._body = body
        self._json: Any = None
        self._is_json = False
        ids = list(in_head(head.path, head.query, head.headers))
        if isinstance(body, bytes) and body:
            with suppress(ValueError, RecursionError):
                self._json = json_of(head.headers, body)
                ids += in_json(self._json, is_order=is_order(head.path))
                self._is_json = True
        self.ids = tuple(ids)
        self.telling = [
            (role, found.value) for role in TELLING for found in ids if found.role == role
        ]
        """The values that may say who asks, the surest first."""

    def asked(self, terms: Terms) -> Asked:
        """Return what it asks for, its url and body translated by `terms`."""
        head = self.head
        return _asked(
            head.method,
            terms.url(f"{head.path}?{head.query}" if head.query else head.path),
            head.headers,
            self._meaning(terms),
            self.ids,
        )

    def _meaning(self, terms: Terms) -> Any:
        match self._body:
            case b"":
                return None
            case bytes() as body if not self._is_json:
                return {"sha256": hashlib.sha256(body).hexdigest()}
            case messages.Spooled() as body:
                return [part_meaning(part.field, part.filename, part.sha256) for part in body.parts]
            case messages.TooLarge() as body:
                return {"unreadable": f"more than {body.limit} bytes"}
            case messages.Malformed() as body:
                return {"unreadable": body.why}
        order = is_order(self.head.path)
        return anybody(terms.value(self._json, order), is_order=order)


def asset(head: messages.Head, url: str) -> Asked:
    """Return what a request for an asset asks for; it is nobody's."""
    return _asked(head.method, url, head.headers, None, ())


def _asked(method: str, url: str, headers: Headers, meaning: Any, ids: tuple[Id, ...]) -> Asked:
    return Asked(
        method=method,
        url=url,
        headers=headers,
        ids=ids,
        signature=signed(method, url, meaning),
        means=lambda: meaning,
    )
