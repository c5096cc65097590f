"""Headers: some are secret as a whole, some hold secrets between names, all others are text."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error

from nemovideo_proxy import places
from nemovideo_proxy.model import Headers
from nemovideo_proxy.redaction.text import Text

_SCHEME = re.compile(rb"(\S+)(\s+)(\S.*)", re.DOTALL)
_PAIR = re.compile(rb'([^=;]*=\s*"?)([^;"]*)')


def headers_replaced(text: Text, headers: Headers, where: str) -> Headers:
    """Return headers without their secrets; lengths stay, and so do names but for secrets in them."""
    return tuple(
        (_name(text, name, where), _value(text, name.lower(), value, where))
        for name, value in headers
    )


def _name(text: Text, name: str, where: str) -> str:
    raw = name.encode("latin-1", "surrogateescape")
    return text.replaced(raw, f"{where} header's name").decode("latin-1")


def _value(text: Text, name: str, value: str, where: str) -> str:
    place = f"{where} header {name}"
    raw = value.encode("latin-1", "surrogateescape")
    match places.IN_HEADERS.get(name):
        case None:
            raw = text.replaced(raw, place)
        case "cookie":
            raw = _cookies(text, raw, place, only_first=name == "set-cookie")
        case role if name.endswith("authorization"):
            raw = _authorization(text, raw, role, place)
        case role:
            raw = text.value(role, raw, place)
    return raw.decode("latin-1")


def _authorization(text: Text, raw: bytes, role: places.Role, place: str) -> bytes:
    match = _SCHEME.fullmatch(raw)
    if match is None:
        return text.value(role, raw, place)
    made = _basic(text, match[3], place) if match[1].lower() == b"basic" else None
    return match[1] + match[2] + (made or text.value(role, match[3], place))


def _basic(text: Text, encoded: bytes, place: str) -> bytes | None:
    """Return the login with user and password replaced; None when it is none."""
    try:
        user, colon, password = b64decode(encoded, validate=True).partition(b":")
    except Error:
        return None
    made = text.value("user", user, place) + colon + text.value("token", password, place)
    return b64encode(made)


def _cookies(text: Text, raw: bytes, place: str, *, only_first: bool) -> bytes:
    made = _PAIR.sub(
        lambda pair: pair[1] + text.value("cookie", pair[2], place), raw, count=int(only_first)
    )
    return text.replaced(made, place)
