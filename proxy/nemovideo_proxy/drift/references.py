"""Values that a recording's replies introduced, and what the target said in their place.

The law: what stood at some place of a recorded reply and is needed by a later request stands for what the
target said at that place. Nothing else is replaced; what a client made up is sent as it was, unless it must
be new. What the target did not say cannot be guessed: the request cannot be made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

from nemovideo_proxy import places
from nemovideo_proxy.drift.shapes import step
from nemovideo_proxy.drift.streams import events_of, is_stream
from nemovideo_proxy.model import Body, Interaction, Multipart, Part, Request

SHORTEST = 6
"""Shorter values are no references: too many texts have them in them."""

_REFERENCE = re.compile(r"(?=.*\d)[!-~]+")


def _texts(value: Any, path: str = "$") -> Iterator[tuple[str, str, str]]:
    """Yield the place, the key in lower case and the text of each text in a JSON value."""
    stack = [(value, path, "")]
    while stack:
        inner, place, key = stack.pop()
        match inner:
            case dict():
                stack += [(v, place + step(k), k.lower()) for k, v in inner.items()]
            case list():
                stack += [(v, f"{place}[{i}]", key) for i, v in enumerate(inner)]
            case str():
                yield place, key, inner


def _values(interaction: Interaction) -> Iterator[Any]:
    """Yield the JSON values of a reply: that of its body, or those of its events."""
    response = interaction.response
    if response is None or not isinstance(response.body, bytes):
        return
    if is_stream(interaction):
        yield [value for _, value in events_of(interaction)]
        return
    try:
        yield json.loads(response.body)
    except ValueError:
        return


def _all_texts(interaction: Interaction) -> dict[str, tuple[str, str]]:
    return {
        place: (key, text) for value in _values(interaction) for place, key, text in _texts(value)
    }


def needed_by(requests: Iterable[Request]) -> Callable[[str], bool]:
    """Return whether any of `requests` has a text in it, however it is written."""
    said = "\n".join(
        "\n".join((request.url, *(value for _, value in request.headers), _text(request.body)))
        for request in requests
    )
    return lambda text: any(form in said for form in _forms(text))


def _text(body: Body) -> str:
    match body:
        case bytes():
            return body.decode("latin-1")
        case Multipart():
            return "\n".join(_text(part.body) for part in body.parts)
        case _:
            return ""


def _forms(text: str) -> tuple[str, ...]:
    """Return a text as it may stand in a request: plain, percent-encoded, with slashes escaped."""
    return tuple(dict.fromkeys((text, quote(text, safe=""), text.replace("/", "\\/"))))


@dataclass(slots=True)
class References:
    """What recorded values stand for. `is_needed` says which are worth remembering.

    `token` is for requests whose token no reply of the recording introduced; `anew` gives what a client
    makes up a new value for the target.
    """

    is_needed: Callable[[str], bool]
    token: str | None = None
    anew: Callable[[places.Role, str], str] = lambda _, value: value
    _now: dict[str, str] = field(default_factory=dict)
    _introduced: dict[str, str] = field(default_factory=dict)

    def learn(self, recorded: Interaction, now: Interaction | None) -> None:
        """Take from a recorded reply and the one of today what stands for what."""
        said = _all_texts(now) if now else {}
        for place, (key, text) in _all_texts(recorded).items():
            if not _is_reference(key, text):
                continue
            for mine, its in _pairs(text, said[place][1] if place in said else None):
                self._bind(mine, its, f"reply {recorded.number} at {place}")

    def _bind(self, recorded: str, now: str | None, place: str) -> None:
        if not self.is_needed(recorded):
            return
        self._introduced.setdefault(recorded, place)
        if now is not None:
            self._now[recorded] = now

    def missing(self, request: Request) -> str | None:
        """Return where the recording introduced what `request` needs and the target never said, or None."""
        needs = needed_by((request,))
        for recorded, place in self._introduced.items():
            if recorded not in self._now and needs(recorded):
                return (
                    f"it needs what the recording's {place} said, and the target said nothing there"
                )
        return None

    def stranger(self, request: Request) -> bool:
        """Return whether the token of a request came from nowhere: no reply said it, none is given."""
        token = _token(request)
        return bool(token) and token not in self._introduced and self.token is None

    def applied(self, request: Request, *, is_refused: bool = False) -> Request:
        """Return a request for the target; one whose token was refused keeps it if it came from nowhere."""
        self._make_up(request)
        replaced = dict(self._now)
        token = _token(request)
        if token and token not in self._introduced and self.token and not is_refused:
            replaced[token] = self.token
        if not replaced:
            return request
        return _Replacing(replaced).request(request)

    def issued(self, url: str) -> bool:
        """Return whether the target itself named this URL."""
        return url in self._now.values()

    def _make_up(self, request: Request) -> None:
        for role, value in _made_up(request):
            if value not in self._introduced and value not in self._now:
                self._now[value] = self.anew(role, value)


def _is_reference(key: str, text: str) -> bool:
    if len(text) < SHORTEST or not text.isascii():
        return False
    is_known = key in places.IN_JSON or "://" in text
    return bool(_REFERENCE.fullmatch(text)) or (is_known and " " not in text)


def _pairs(recorded: str, now: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield a value and its counterpart; of a URL its path, too, for where its host is the service's."""
    yield recorded, now
    if "://" in recorded:
        path = _path(recorded)
        if len(path) >= SHORTEST:
            yield path, _path(now) if now and "://" in now else None


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _token(request: Request) -> str:
    said = request.header("authorization") or ""
    return said.rpartition(" ")[2]


def _made_up(request: Request) -> Iterator[tuple[places.Role, str]]:
    if client := request.header("x-client-id"):
        yield "client", client
    path = request.url.partition("?")[0]
    if path.startswith("/api/render/proxy/") and isinstance(request.body, bytes):
        try:
            order = json.loads(request.body)
        except ValueError:
            return
        if isinstance(order, dict) and isinstance(order.get("id"), str) and order["id"]:
            yield "render", order["id"]


class _Replacing:
    """Replaces values wherever they stand in a request, the longest first, each place once."""

    def __init__(self, replaced: dict[str, str]) -> None:
        self._forms = {
            form: quote(now, safe="") if form != text and "%" in form else now
            for text, now in replaced.items()
            for form in _forms(text)
        }
        longest = sorted(self._forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest)))

    def request(self, request: Request) -> Request:
        return replace(
            request,
            url=self._text(request.url),
            headers=tuple((name, self._text(value)) for name, value in request.headers),
            body=self._body(request.body),
        )

    def _text(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._forms[found[0]], text)

    def _body(self, body: Body) -> Body:
        match body:
            case bytes():
                # Latin-1 leaves every byte as it is, and what is replaced is ASCII
                return self._text(body.decode("latin-1")).encode("latin-1", "replace")
            case Multipart():
                parts = (self._part(part) for part in body.parts)
                return replace(body, parts=tuple(parts))
            case _:
                return body

    def _part(self, part: Part) -> Part:
        if not isinstance(part.body, bytes) or len(part.body) > 1024:
            return part
        return replace(part, body=self._text(part.body.decode("latin-1")).encode("latin-1"))
