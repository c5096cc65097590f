r"""Escapes of `$'…'`: what a shell makes of `\n`, `\'` and `\u4e2d` there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
        "v": "\v", "\\": "\\", "'": "'", '"': '"', "?": "?",
    }
)  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9a-fA-F]{1,2})|u(?P<short>[0-9a-fA-F]{1,4})"
    r"|U(?P<long>[0-9a-fA-F]{1,8})|c(?P<control>.)|(?P<sign>.))",
    re.DOTALL,
)
_LAST = 0x10FFFF


def unescaped(text: str) -> str:
    """Return what stands between the quotes of `$'…'` as a shell has it; an unknown escape stays."""
    # Octal and hexadecimal escapes are bytes, which together may be a character of UTF-8.
    return re.sub(
        r"[\udc80-\udcff]+",
        lambda bytes_: bytes_[0].encode(errors="surrogateescape").decode(errors="replace"),
        _ESCAPE.sub(_sign, text),
    )


def _sign(found: re.Match[str]) -> str:
    if found["octal"] or found["hex"]:
        number = (int(found["octal"], 8) if found["octal"] else int(found["hex"], 16)) & 0xFF
        return bytes([number]).decode(errors="surrogateescape")
    if found["short"] or found["long"]:
        number = int(found["short"] or found["long"], 16)
        return chr(number) if number <= _LAST and not 0xD800 <= number <= 0xDFFF else found[0]
    if found["control"]:
        return chr(ord(found["control"][0]) & 0x1F)
    return _SIGNS.get(found["sign"], found[0])
