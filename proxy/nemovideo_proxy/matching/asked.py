"""What a request asks for, in the terms of the recording: the same for a recorded and a live one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from nemovideo_fakeserver.wire import messages
from nemovideo_proxy.matching.ids import ADDRESS, TELLING, Id, in_head, in_json
from nemovideo_proxy.matching.standins import MARK, marked
from nemovideo_proxy.model import Headers, Multipart, Part, Request, first
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
    tells: Callable[[], Any]

    @property
    def meaning(self) -> Any:
        """What its body asks for; see `signature`."""
        return self.means()

    @property
    def says(self) -> Any:
        """As `meaning`, but a text that is no JSON is itself: see `matching.loose`."""
        return self.tells()

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
        tells=lambda: said_in(request),
    )


def said_in(request: Request) -> Any:
    """Return what a recorded body says, for `Asked.says`; a part with stand-ins may be any file."""
    meaning = meaning_of(request.url.partition("?")[0], request.headers, request.body)
    if isinstance(request.body, Multipart):
        return [
            said | {"sha256": MARK} if _has_standins(part) else said
            for said, part in zip(meaning, request.body.parts, strict=True)
        ]
    return _plain(request.headers, request.body, meaning)


def _has_standins(part: Part) -> bool:
    return isinstance(part.body, bytes) and MARK in marked(part.body.decode("utf-8", "replace"))


def _plain(headers: Headers, body: object, meaning: Any) -> Any:
    """Return the text that a body is, of a form its fields; of JSON what it means."""
    if not isinstance(body, bytes) or not body:
        return meaning
    try:
        json_of(headers, body)
    except (ValueError, RecursionError):
        with suppress(UnicodeDecodeError):
            text = body.decode()
            is_form = "x-www-form-urlencoded" in (first(headers, "content-type") or "")
            return list(map(list, parse_qsl(text, keep_blank_values=True))) if is_form else text
    return meaning


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
        head, meaning = self.head, self._meaning(terms)
        return _asked(
            head.method,
            terms.url(f"{head.path}?{head.query}" if head.query else head.path),
            head.headers,
            meaning,
            meaning if self._is_json else _plain(head.headers, self._body, meaning),
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
    return _asked(head.method, url, head.headers, None, None, ())


def _asked(  # noqa: PLR0913, PLR0917 as many as a request has
    method: str, url: str, headers: Headers, meaning: Any, says: Any, ids: tuple[Id, ...]
) -> Asked:
    return Asked(
        method=method,
        url=url,
        headers=headers,
        ids=ids,
        signature=signed(method, url, meaning),
        means=lambda: meaning,
        tells=lambda: says,
    )
