"""Plain data to YAML, for people who read changes line by line.

The law:

* The text depends on the value alone: not on a library, its version, or the width of anything.
* A line is as long as what stands on it. What has line breaks is a literal block where an editor would
  leave it as it is, else it is quoted on one line.
* What does not look like what it is (invisible, turning the direction of writing, a break to some
  readers only) is escaped.
* No line begins with `---`.
* YAML 1.1 and YAML 1.2 read the same in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nemovideo_proxy.cassette.broken import Unwritable

LONGEST_KEY = 128
"""Characters; YAML looks no further than 1024 bytes for the colon."""

DEEPEST = 48
"""Levels of mappings and lists."""

SHORT = 80
"""Characters that a list of simple values may have on one line."""

_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff"
)
_ESCAPED = re.compile(f"[{_UNSEEN}]")
_LATER = "\xa1-\ud7ff\ue000-\U0010ffff"
_IN_FLOW = re.compile(rf"[A-Za-z_{_LATER}][\w./ {_LATER}-]*(?<! )", re.ASCII)
_IN_BLOCK = re.compile(
    rf"[A-Za-z_/{_LATER}](?:[\w./ ;=,?&%+@~()*!$'\"<>{_LATER}-]|:(?![ ]|$))*(?<! )", re.ASCII
)
_WORDS = re.compile(r"(?:y|n|yes|no|on|off|true|false|null)", re.IGNORECASE)
_LONGEST_WORD = 5
"""Characters of the longest of them."""

_SPOILT = re.compile(f"[{_UNSEEN}]|[ \t](?=\n|$)|^[ \t\n]|\n\n$|\n\t")
"""What keeps a text out of a literal block."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A value that stands on one line."""

    value: Any


def written(value: Mapping[str, Any]) -> str:
    """Return a mapping as the text of a document; raises `Unwritable`."""
    lines: list[str] = []
    _mapping(value, "", lines)
    return "\n".join(lines) + "\n"


def row(value: Any, margin: str) -> str:
    """Return one item of a list, on a line of its own."""
    return f"{margin}- {_flow(value, len(margin) // 2)}\n"


def _mapping(value: Mapping[str, Any], margin: str, lines: list[str]) -> None:
    for key, inner in value.items():
        _entry(f"{margin}{_key(key)}:", inner, margin + "  ", lines)


def _sequence(value: Sequence[Any], margin: str, lines: list[str]) -> None:
    for inner in value:
        start = len(lines)
        match inner:
            case dict() if inner:
                _mapping(inner, margin + "  ", lines)
            case list() if inner and not _is_short(inner):
                _sequence(inner, margin + "  ", lines)
            case _:
                _entry(f"{margin}-", inner, margin + "  ", lines)
                continue
        lines[start] = f"{margin}- {lines[start][len(margin) + 2 :]}"


def _entry(lead: str, value: Any, margin: str, lines: list[str]) -> None:
    """Write what follows `lead`; what is inside it stands at `margin`."""
    if len(margin) > 2 * DEEPEST:
        raise Unwritable(f"this is more than {DEEPEST} levels deep")
    match value:
        case Flow():
            lines.append(f"{lead} {_flow(value.value, len(margin) // 2)}")
        case dict() if value:
            lines.append(lead)
            _mapping(value, margin, lines)
        case list() if value and not _is_short(value):
            lines.append(lead)
            _sequence(value, margin, lines)
        case str() if "\n" in value and not _SPOILT.search(value):
            lines.append(f"{lead} {'|' if value.endswith(chr(10)) else '|-'}")
            lines += [
                margin + line if line else "" for line in value.removesuffix("\n").split("\n")
            ]
        case str():
            lines.append(f"{lead} {_text(value, _IN_BLOCK)}")
        case _:
            lines.append(f"{lead} {_flow(value, 0)}")


def _is_short(value: Sequence[Any]) -> bool:
    """Say whether a list is of simple values and fits on a line."""
    return (
        len(value) <= SHORT // 3
        and not any(isinstance(inner, (dict, list, Flow)) for inner in value)
        and len(_flow(value, 0)) <= SHORT
    )


def _flow(value: Any, depth: int) -> str:
    """Return a value on one line."""
    if depth > DEEPEST:
        raise Unwritable(f"this is more than {DEEPEST} levels deep")
    match value:
        case str():
            return _text(value, _IN_FLOW)
        case dict():
            inside = (f"{_key(key)}: {_flow(inner, depth + 1)}" for key, inner in value.items())
            return f"{{{', '.join(inside)}}}"
        case list():
            return f"[{', '.join(_flow(inner, depth + 1) for inner in value)}]"
        case _:
            return _simple(value)


def _simple(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float() if value - value == 0:
            digits, exponent, power = repr(value).partition("e")
            # YAML 1.1 takes no number with an exponent for one that has no point.
            return f"{digits}{'.0' if exponent and '.' not in digits else ''}{exponent}{power}"
    raise Unwritable(f"{value!r} is nothing that YAML and JSON both know")


@lru_cache(maxsize=1024)
def _key(key: str) -> str:
    if len(key) > LONGEST_KEY:
        raise Unwritable(f"a key has at most {LONGEST_KEY} characters, not {len(key)}")
    return _text(key, _IN_FLOW)


def _text(text: str, plain: re.Pattern[str]) -> str:
    if plain.fullmatch(text) and not _is_word(text) and not _has_unseen(text):
        return text
    return _ESCAPED.sub(_escape, json.dumps(text, ensure_ascii=False))


def _is_word(text: str) -> bool:
    return len(text) <= _LONGEST_WORD and _WORDS.fullmatch(text) is not None


def _has_unseen(text: str) -> bool:
    """Say whether a text that may stand plain has to be escaped; such a text in ASCII never has."""
    return not text.isascii() and _ESCAPED.search(text) is not None


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xD800 <= code <= 0xDFFF:
        raise Unwritable("half a character is no text")
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
