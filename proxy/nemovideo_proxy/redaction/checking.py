"""The last look at bytes before they are written: no known secret may be in them, in any encoding.

It shares no code with the replacing: it decodes by the plainest means, keeps no offsets, and only looks.
"""

from __future__ import annotations

import codecs
import html
import json
import re
import zlib
from binascii import a2b_base64, a2b_hex
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from nemovideo_proxy.redaction.known import Known

_RUN = re.compile(rb"[A-Za-z0-9+/]{8,}")
_GZIP = re.compile(rb"H4s[A-Za-z0-9+/]+")
_STANDARD = bytes.maketrans(b"-_", b"+/")
_HEX = re.compile(rb"[0-9A-Fa-f]{12,}")
_ESCAPE = re.compile(rb'\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|["\\/])')
_UNZIPPED = 16 * 1024 * 1024
_PRINTED = re.compile(rb"[\t\n\r -~]{12,}")
_WORDS = re.compile(rb"""\b(?:text|content|delta)["']?:\s*["']?((?:[^"'\\\n]|\\.)*)""")


class Leak(Exception):
    """A secret would have been written. Says what it is and where, and not the secret."""

    def __init__(self, role: str, pseudonym: str, where: str) -> None:
        self.role = role
        self.pseudonym = pseudonym
        self.where = where
        super().__init__(
            f"refused to write: {where} still holds a {role}, which should be {pseudonym!r} by now"
        )


def check(data: bytes, known: Known) -> None:
    """Raise Leak if a secret that is looked for is in `data`."""
    secrets = [secret for secret in known if secret.is_hunted]
    if not secrets:
        return
    views = _views(data, 4) if _is_text(data) else _views_of_binary(data)
    for how, view in views:
        for secret in secrets:
            if secret.value in view and secret.value in known.sheltered(view):
                where = how.lstrip(", ") or f"line {_line(data, secret.value)}"
                raise Leak(secret.role, secret.pseudonym.decode("utf-8", "replace"), where)


def _is_text(data: bytes) -> bool:
    try:
        codecs.utf_8_decode(data)
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def _views_of_binary(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Decode only what is printed in it: chance makes few such runs, and a film is long."""
    yield "", data
    yield from _views(b"\n".join(_PRINTED.findall(data)), 4, "what is printed")
    yield "UTF-16", data[::2]
    yield "UTF-16", data[1::2]
    if unzipped := _unzipped(data):
        yield from _views(unzipped, 4, "gzip")


def _views(data: bytes, depth: int, how: str = "") -> Iterator[tuple[str, bytes]]:
    yield how, data
    if not depth:
        return
    for name, view in (
        ("percent-encoding", unquote_to_bytes(data) if b"%" in data else data),
        ("entities", _without_entities(data) if b"&#" in data else data),
        ("escaped text", _ESCAPE.sub(_unescaped, data) if b"\\" in data else data),
        (
            "the words of a stream",
            b"".join(_ESCAPE.sub(_unescaped, w) for w in _WORDS.findall(data)),
        ),
        ("hexadecimal", _all_hex(data)),
        ("gzip", _unzipped(data)),
        ("base64", _all_base64(data)),
    ):
        if view and view != data:
            yield from _views(
                view, depth - 1 if name != "base64" else min(depth - 1, 1), f"{how}, {name}"
            )


def _line(data: bytes, value: bytes) -> int:
    return 1 + data.count(b"\n", 0, data.index(value))


def _unescaped(match: re.Match[bytes]) -> bytes:
    escape = match[0]
    if escape[1:2] == b"x":
        return chr(int(escape[2:].decode(), 16)).encode()
    text: str = json.loads(b'"' + escape + b'"')
    return text.encode("utf-8", "replace")


def _without_entities(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return html.unescape(text).encode("utf-8", "replace")


def _unzipped(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, _UNZIPPED)
    except zlib.error:
        return b""


def _all_hex(data: bytes) -> bytes:
    """Decode each run from its first place on, and from its second."""
    runs = _HEX.findall(data)
    shifted = [run[phase:] for run in runs for phase in (0, 1)]
    return b"\n".join(a2b_hex(run[: len(run) // 2 * 2]) for run in shifted)


def _all_base64(data: bytes) -> bytes:
    """Decode all runs at once, from each of four places on; between them are noughts."""
    runs = b"AAAA".join(_RUN.findall(data.translate(_STANDARD)))
    found = [_from_base64(runs[phase:]) for phase in range(4)]
    found += [_unzipped(_from_base64(run)) for run in _GZIP.findall(runs)]
    return b"\n".join(found)


def _from_base64(run: bytes) -> bytes:
    return a2b_base64(run + b"A" * (-len(run) % 4))
