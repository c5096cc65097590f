"""Spots secrets in text: by the place they stand in, and by their shape wherever they stand.

Text is searched as it is, not parsed: a body that was cut off, a log line in an error message and JSON in a
string of JSON have the same places. `layers` shows the same text without its escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from nemovideo_proxy import places
from nemovideo_proxy.places import SECRET, Role
from nemovideo_proxy.redaction.escapes import unescaped
from nemovideo_proxy.redaction.pseudonyms import named


@dataclass(frozen=True, slots=True)
class Spot:
    """A secret value; it stands at `start` to `end` as it is, unless it was escaped there."""

    role: Role
    value: bytes
    where: str
    start: int
    end: int
    is_plain: bool = True


def _names(table: dict[str, Role]) -> bytes:
    names = sorted((n for n, role in table.items() if role in SECRET), key=len, reverse=True)
    return "|".join(map(re.escape, names)).encode()


_JSON = re.compile(
    rb"""(["'])(%s)\1\s*:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+)|\[([^\]]*)\])"""
    % _names(places.IN_JSON),
    re.IGNORECASE | re.DOTALL,
)
# What a backslash cuts off is told whole where the escapes are gone.
_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_QUERY = re.compile(
    rb"""(?:^|[?&;\s"'])(%s)=([^&#\s"'<>\\;,|)\]}`]++)(?!\\)""" % _names(places.IN_QUERY),
    re.IGNORECASE,
)
_PATH = re.compile(rb"/api/[^\s\"'?#<>\\&]++(?!\\)")
_FIELD = re.compile(
    rb'name="?(%s)"?[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)(?=\r\n--|(?:\r\n)?\Z)'
    % _names(places.IN_JSON | places.IN_QUERY),
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(
    rb"""(?:^|[\s"'{,])(x-client-id|x-user-id|x-api-key|x-auth-token)["']?\s*[:=]\s*["']?([^\s"',;}\\]++)(?!\\)""",
    re.IGNORECASE,
)
_LOGIN = re.compile(rb"://([^/\s:@\"'\\]+):([^/\s@\"'\\]+)@")
_BEARER = re.compile(rb"\bbearer\s+((?=[\w.~+/-]*\d)[\w.~+/-]{12,}=*)", re.IGNORECASE)

_SHAPES: tuple[tuple[Role, bytes, re.Pattern[bytes]], ...] = (
    ("token", b"nmv_usr_", re.compile(rb"nmv_usr_[\w-]{6,}", re.ASCII)),
    ("claim", b"clm_", re.compile(rb"clm_[\w-]{8,}", re.ASCII)),
    ("user", b"anon_", re.compile(rb"anon_[0-9A-Za-z]{6,}")),
    ("user", b"user_", re.compile(rb"(?<![A-Za-z0-9_])user_[0-9a-f]{12,}(?![A-Za-z0-9_])")),
    ("token", b"eyJ", re.compile(rb"eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*", re.ASCII)),
)
_HOST = re.compile(rb"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_MAILBOX = re.compile(rb"(?:\\(?:u[0-9A-Fa-f]{4}|.))?+([\w.+-]{0,64})\Z")
_IN_LOGIN = re.compile(rb"://[^/\s:@\"'\\]{1,64}:\Z")
_OURS = re.compile(rb"(?:nmv_usr_token|clm_claim|eyJtoken)\d{1,9}[x.]{8,}")
BEGINNINGS = (b"nmv_usr_", b"clm_", b"anon_", b"user_")
"""How secrets begin that are known by nothing but their beginning."""


def in_text(text: bytes) -> Iterator[Spot]:
    """Yield the secrets of a text, by place and by shape."""
    yield from in_places(text)
    yield from by_shape(text)


def in_places(text: bytes) -> Iterator[Spot]:
    """Yield the secrets that stand in a secret place."""
    if b":" in text:
        yield from _in_json(text)
        yield from _found(_HEADER, places.IN_HEADERS, text, "header")
        yield from _logins(text)
    if b"=" in text:
        yield from _in_query(text)
        yield from _found(_FIELD, places.IN_QUERY | places.IN_JSON, text, "field")
    if b"/api/" in text:
        yield from _in_paths(text)
    for match in _BEARER.finditer(text):
        yield Spot("token", match[1], "bearer", *match.span(1))


def by_shape(text: bytes, shapes: Iterable[bytes] = ()) -> Iterator[Spot]:
    """Yield the secrets known by their shape; those that begin with one of `shapes`, if any are given."""
    for role, hint, pattern in _SHAPES:
        if hint in text and (not shapes or hint in shapes):
            for match in pattern.finditer(text):
                value = _without_rest(match[0])
                start = match.start()
                yield Spot(role, value, f"{role} by shape", start, start + len(value))
    if not shapes and b"@" in text:
        yield from _emails(text)


def _emails(text: bytes) -> Iterator[Spot]:
    r"""Yield e-mail addresses; the letter of an escape before one (`\n`) does not belong to it."""
    for host in _HOST.finditer(text):
        mailbox = _MAILBOX.search(text, max(0, host.start() - 70), host.start())
        if (
            mailbox
            and mailbox[1]
            and not _IN_LOGIN.search(text, max(0, mailbox.start(1) - 70), mailbox.start(1))
        ):
            start = mailbox.start(1)
            end = start + len(_address(text[start : host.end()]))
            yield Spot("email", text[start:end], "email by shape", start, end)


def _address(value: bytes) -> bytes:
    """Return the pseudonym that an address begins with, as in the name of a file; otherwise all of it."""
    shorter = value
    while b"." in shorter.partition(b"@")[2]:
        if named(shorter.decode()):
            return shorter
        shorter = shorter.rpartition(b".")[0]
    return value


def _without_rest(value: bytes) -> bytes:
    """Return the pseudonym that a value begins with; otherwise all of it."""
    ours = _OURS.match(value)
    return ours[0] if ours else value


def role_by_shape(value: bytes) -> Role | None:
    """Return what a value is by its own shape; it says more than where the value stands."""
    return next((r for r, _, pattern in _SHAPES if pattern.fullmatch(value)), None)


def _in_json(text: bytes) -> Iterator[Spot]:
    for match in _JSON.finditer(text):
        name = match[2].decode().lower()
        role = places.IN_JSON[name]
        if match[6] is not None:
            for inner in _STRING.finditer(text, *match.span(6)):
                yield _string(role, inner, 1, f"key {name}")
        else:
            yield _string(role, match, match.lastindex or 5, f"key {name}")


def _string(role: Role, match: re.Match[bytes], group: int, where: str) -> Spot:
    raw = match[group]
    return Spot(role, unescaped(raw), where, *match.span(group), is_plain=b"\\" not in raw)


def _in_query(text: bytes) -> Iterator[Spot]:
    for match in _QUERY.finditer(text):
        name = match[1].decode().lower()
        value = unquote_to_bytes(match[2])
        yield Spot(places.IN_QUERY[name], value, f"query {name}", *match.span(2), value == match[2])


def _in_paths(text: bytes) -> Iterator[Spot]:
    for match in _PATH.finditer(text):
        for role, start, end in places.in_path(match[0].decode("latin-1")):
            if role in SECRET:
                raw = match[0][start:end]
                value = unquote_to_bytes(raw)
                at = match.start()
                yield Spot(role, value, "path", at + start, at + end, value == raw)


def _found(
    pattern: re.Pattern[bytes], table: dict[str, Role], text: bytes, what: str
) -> Iterator[Spot]:
    for match in pattern.finditer(text):
        name = match[1].decode().lower()
        yield Spot(table[name], match[2], f"{what} {name}", *match.span(2))


def _logins(text: bytes) -> Iterator[Spot]:
    if b"@" in text:
        for match in _LOGIN.finditer(text):
            for group in (1, 2):
                value = unquote_to_bytes(match[group])
                yield Spot("token", value, "URL", *match.span(group), value == match[group])
