r"""Percent-encoding, the escapes of JSON and those of HTML: text without them, and changes to that text written back.

A change keeps lengths, so each escape is written again in its own width: `%41` as `%78`, `\u0041` as `\u0078`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Change = Callable[[bytes], bytes]
"""Takes some bytes and returns as many."""


@dataclass(frozen=True, slots=True)
class Escapes:
    """A way to escape: what escapes begin with, how they look, and how one is read and written."""

    sign: bytes
    pattern: re.Pattern[bytes]
    read: Callable[[bytes], bytes]
    write: Callable[[bytes, bytes], bytes]

    def change(self, data: bytes, change: Change) -> bytes:
        """Return `data` with a change that was made to its text without escapes."""
        if self.sign not in data:
            return data
        text = self.pattern.sub(lambda match: self.read(match[0]), data)
        if text == data:
            return data
        changed = change(text)
        return data if changed == text else self._written(data, text, changed)

    def _written(self, data: bytes, text: bytes, changed: bytes) -> bytes:
        made, at, end = [], 0, 0
        for match in self.pattern.finditer(data):
            plain = match.start() - end
            made.append(changed[at : at + plain])
            at += plain
            width = len(self.read(match[0]))
            old, new = text[at : at + width], changed[at : at + width]
            made.append(match[0] if old == new else self.write(match[0], new))
            at, end = at + width, match.end()
        return b"".join((*made, changed[at:]))


_SHORT = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}


def _read_percent(escape: bytes) -> bytes:
    return bytes.fromhex(escape[1:].decode())


def _write_percent(escape: bytes, new: bytes) -> bytes:
    form = b"%%%02x" if escape[1:] == escape[1:].lower() else b"%%%02X"
    return form % new[0]


def _read_json(escape: bytes) -> bytes:
    if escape[1:2] != b"u":
        return _SHORT.get(escape[1:], escape[1:])
    units = bytes.fromhex(escape.replace(b"\\u", b"").decode())
    return units.decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass")


def _write_json(escape: bytes, new: bytes) -> bytes:
    """Write a character again; one that no escape of that width can hold stays as it was."""
    units = new.decode("utf-8", "replace").encode("utf-16-be").hex()
    made = b"".join(b"\\u" + units[at : at + 4].encode() for at in range(0, len(units), 4))
    return made if len(made) == len(escape) else escape


def _read_entity(escape: bytes) -> bytes:
    said = escape[2:-1].decode()
    point = int(said[1:], 16) if said[0] in "xX" else int(said)
    return chr(point).encode("utf-8", "surrogatepass") if point <= 0x10FFFF else escape


def _write_entity(escape: bytes, new: bytes) -> bytes:
    """Write a character again, as a capital where only two digits are there; what does not fit stays."""
    is_hex = escape[2:3] in (b"x", b"X")
    digits = len(escape) - 3 - is_hex
    for text in (new.decode("utf-8", "replace"), new.decode("utf-8", "replace").upper()):
        if len(text) != 1:
            continue
        said = f"{ord(text):x}" if is_hex else str(ord(text))
        if len(said) <= digits:
            return escape[: 2 + is_hex] + said.zfill(digits).encode() + b";"
    return escape


PERCENT = Escapes(b"%", re.compile(rb"%[0-9A-Fa-f]{2}"), _read_percent, _write_percent)
JSON = Escapes(
    b"\\",
    re.compile(
        rb"\\(?:u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[\"\\/bfnrt])"
    ),
    _read_json,
    _write_json,
)
ENTITIES = Escapes(
    b"&#",
    re.compile(rb"&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});"),
    _read_entity,
    _write_entity,
)


def unescaped(raw: bytes) -> bytes:
    """Return the content of a JSON string."""
    return JSON.pattern.sub(lambda match: _read_json(match[0]), raw)
