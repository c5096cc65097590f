"""Redaction, in front of everything that is written.

The law:

* What comes out has no secret in it, and the lengths of what came in: bodies, pieces and encoded forms stay
  aligned. Only a user's own rules, and decompression, change lengths.
* One value, one pseudonym, for as long as a Redactor lives.
* No map is kept, written or printed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from nemovideo_proxy.model import (
    Body,
    Headers,
    Interaction,
    Multipart,
    Part,
    Piece,
    Request,
    Response,
    first,
)
from nemovideo_proxy.places import Role
from nemovideo_proxy.redaction import checking
from nemovideo_proxy.redaction.base64s import is_text
from nemovideo_proxy.redaction.encodings import (
    Undecodable,
    chunks,
    decoded,
    decoded_request,
    with_length,
)
from nemovideo_proxy.redaction.filters import filtered_request, filtered_response
from nemovideo_proxy.redaction.frames import change_words
from nemovideo_proxy.redaction.headers import headers_replaced
from nemovideo_proxy.redaction.known import Known
from nemovideo_proxy.redaction.live import Live
from nemovideo_proxy.redaction.multipart import change_parts
from nemovideo_proxy.redaction.opaque import Opaque
from nemovideo_proxy.redaction.rules import Rules
from nemovideo_proxy.redaction.spotting import Spot
from nemovideo_proxy.redaction.text import PASSES, Text

Value = TypeVar("Value")

_TEXT = re.compile(r"text/|json|xml|javascript|x-www-form-urlencoded|event-stream", re.IGNORECASE)


class Dropped(Exception):
    """A `before_record_…` rule returned None: nothing of this exchange is to be recorded."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was replaced by one pseudonym: how often, and in which places."""

    role: Role
    pseudonym: str
    times: int
    places: tuple[str, ...]


class Redactor:
    """Replaces what is somebody's. `known` are secrets known before anything comes in.

    Not for several threads at once.
    """

    def __init__(self, rules: Rules | None = None, known: Iterable[tuple[Role, str]] = ()) -> None:
        self._rules = rules or Rules()
        self._patterns = [re.compile(p.encode()) for p in self._rules.patterns]
        self._known = Known()
        self._text = Text(self._known, self._own)
        for role, value in (*known, *(("token", secret) for secret in self._rules.secrets)):
            self._known.learn(role, value.encode())

    def request(self, request: Request) -> Request:
        """Return a request as it may be written. Raises Dropped, Undecodable."""
        try:
            request = decoded_request(request)
        except Undecodable:
            if not self._rules.keep_undecodable:
                raise
        request = filtered_request(self._rules, request)
        if before := self._rules.before_record_request:
            request = _kept(before(request))
        return self._settled(request)

    def response(self, response: Response) -> Response:
        """Return a reply as it may be written. Raises Dropped, Undecodable."""
        try:
            response = decoded(response)
        except Undecodable:
            if not self._rules.keep_undecodable:
                raise
        response = filtered_response(self._rules, response)
        if before := self._rules.before_record_response:
            response = _fitted(_kept(before(response)))
        return self.head(response)

    def head(self, response: Response) -> Response:
        """Return a reply whose body has yet to come as it may be written; functions of the rules do not see it."""
        response = filtered_response(self._rules, response)
        for _ in range(PASSES):
            before = len(self._known)
            body = response.body
            response = replace(
                response,
                headers=headers_replaced(self._text, response.headers, "response"),
                reason=self._string(response.reason, "response reason"),
                body=self._bytes(body, response.headers, "response body")
                if isinstance(body, bytes)
                else body,
            )
            if len(self._known) == before:
                break
        return response

    def again(self, interaction: Interaction) -> Interaction:
        """Return an interaction that was redacted before without the secrets that were told since."""
        response = interaction.response
        return replace(
            interaction,
            request=self._settled(interaction.request),
            response=self.head(response) if response else None,
        )

    def stream(self, content_type: str, encoding: str = "") -> Live:
        """Return what redacts a reply while it comes in.

        What is compressed, or subject to patterns or to `before_record_response`, is held back to its end.
        """
        is_plain = encoding in ("", "identity")
        return Live(
            self._text.uncounted(),
            self._known,
            is_stream=is_plain and "event-stream" in content_type,
            is_held=bool(self._patterns or self._rules.before_record_response),
        )

    def opaque(self) -> Opaque:
        """Return what redacts a big body of any kind while it comes in."""
        return Opaque(self._text, self._known)

    def check(self, data: bytes) -> None:
        """Raise Leak if a known secret is in `data`, in any encoding."""
        checking.check(data, self._known)

    def report(self) -> tuple[Replaced, ...]:
        """Return what was replaced so far, by role and pseudonym."""
        found: defaultdict[tuple[Role, bytes], list[tuple[str, int]]] = defaultdict(list)
        for (role, made, place), times in self._text.places.items():
            found[role, made].append((place, times))
        return tuple(
            Replaced(
                role,
                made.decode("utf-8", "replace"),
                sum(times for _, times in places),
                tuple(dict.fromkeys(place for place, _ in places)),
            )
            for (role, made), places in found.items()
        )

    def _settled(self, request: Request) -> Request:
        """Replace until nothing new is learned: what is last may tell a secret that came first."""
        for _ in range(PASSES):
            before = len(self._known)
            request = replace(
                request,
                url=self._string(request.url, "request url"),
                headers=headers_replaced(self._text, request.headers, "request"),
                body=self._body(request.body, request.headers),
            )
            if len(self._known) == before:
                break
        return request

    def _body(self, body: Body, headers: Headers) -> Body:
        if isinstance(body, bytes):
            return self._bytes(body, headers, "request body")
        if isinstance(body, Multipart):
            return replace(body, parts=tuple(self._part(part) for part in body.parts))
        return body

    def _part(self, part: Part) -> Part:
        body = part.body
        if isinstance(body, bytes):
            said = (first(part.headers, "content-disposition") or "").encode("latin-1", "replace")
            frame = b"content-disposition: " + said + b"\r\n\r\n"
            body = (
                self._text.replaced(frame + body, "request form")[len(frame) :]
                if is_text(body)
                else self._text.opaque(body, "request form")
            )
        return replace(part, headers=headers_replaced(self._text, part.headers, "part"), body=body)

    def _bytes(self, body: bytes, headers: Headers, where: str) -> bytes:
        kind = first(headers, "content-type") or ""
        if kind.lower().startswith("multipart/"):
            return change_parts(body, lambda part: self._any(part, where))
        if not is_text(body):
            body = self._text.opaque(body, where)
            if not _TEXT.search(kind):
                return body
        if "event-stream" in kind:
            body = change_words(body, lambda words: self._text.replaced(words, "response words"))
        return self._text.replaced(body, where)

    def _any(self, data: bytes, where: str) -> bytes:
        change = self._text.replaced if is_text(data) else self._text.opaque
        return change(data, where)

    def _string(self, value: str, where: str) -> str:
        raw = value.encode("utf-8", "surrogateescape")
        return self._text.replaced(raw, where).decode("utf-8", "surrogateescape")

    def _own(self, data: bytes) -> Iterator[Spot]:
        """Spot what the user's patterns say."""
        for pattern in self._patterns:
            for match in pattern.finditer(data):
                group = 1 if pattern.groups else 0
                if match[group]:
                    yield Spot("token", match[group], "rule", *match.span(group))


def _kept(value: Value | None) -> Value:
    if value is None:
        raise Dropped
    return value


def _fitted(response: Response) -> Response:
    """Make pieces and Content-Length fit a body that a rule has changed."""
    if not isinstance(response.body, bytes):
        return response
    size = len(response.body)
    headers = with_length(response.headers, size)
    if not response.pieces or chunks(response.pieces) == size:
        return replace(response, headers=headers)
    return replace(response, headers=headers, pieces=(Piece(response.pieces[-1].at, size),))
