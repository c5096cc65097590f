"""Documents that were just written, read back a line at a time: lines come again and again in a recording.

Law: what is read here, YAML reads, and as the same. Each line is read by YAML, once; only how lines stand
below each other is read here. A document with a value of several lines, or with one in brackets, is YAML's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from nemovideo_proxy.cassette.broken import BrokenCassette
from nemovideo_proxy.cassette.yaml_reading import DEEPEST, LARGEST, Text

LONGEST = 256
"""Characters of a line that is remembered."""

_STEP = 2
_NOWHERE = Path("a line")
_LINE = re.compile(r"( *)(- )?([\w\"./+-].*)", re.ASCII)
_NUMBER = re.compile(r"((?!true:|false:|null:)[a-z_]+): ([0-9]{1,15})(\.[0-9]{1,15})?")
_BEYOND = re.compile("(?:^|: *)[|>&*!]|^(?:---|[.]{3})|[\r\x85\u2028\u2029]")
"""What is not told by its line alone: blocks, anchors, tags, marks between documents, other line breaks."""


class NotPlain(Exception):
    """A document has to be read by YAML as a whole."""


@dataclass(frozen=True, slots=True)
class _Line:
    margin: int
    is_item: bool
    key: str | None
    value: Any
    is_open: bool = False


class Again(Text):
    """The text of a document as it will be read from the file."""

    def _read(self) -> Any:
        try:
            return plain(self._text)
        except NotPlain:
            return super()._read()


def plain(text: str) -> Any:
    """Return the value of a document that begins with its opening; raises NotPlain."""
    opening, _, rest = text.partition("\n")
    if not opening.startswith("--- #") or not rest or len(text) > LARGEST:
        raise NotPlain
    lines = [_line(line) for line in rest.rstrip("\n").split("\n")]
    value, end = _block(lines, 0, 0)
    if end < len(lines):
        raise NotPlain
    return value


def _line(line: str) -> _Line:
    if number := _NUMBER.fullmatch(stripped := line.lstrip(" ")):
        key, whole, part = number.groups()
        value = int(whole) if part is None else float(whole + part)
        return _Line(len(line) - len(stripped), is_item=False, key=key, value=value)
    return _remembered(line) if len(line) <= LONGEST else _read(line)


def _read(line: str) -> _Line:
    found = _LINE.fullmatch(line)
    if found is None or _BEYOND.search(found[3]):
        raise NotPlain
    try:
        value = Text(found[3], _NOWHERE, 1).value
    except BrokenCassette:
        raise NotPlain from None
    key = None
    if isinstance(value, dict):
        ((key, value),) = value.items()
    if isinstance(value, (dict, list)):
        raise NotPlain
    return _Line(len(found[1]), bool(found[2]), key, value, is_open=found[3].endswith(":"))


_remembered = lru_cache(maxsize=4096)(_read)


def _block(lines: list[_Line], at: int, margin: int) -> tuple[Any, int]:
    """Return what stands at a margin from a line on, and the line after it."""
    if at == len(lines) or lines[at].margin != margin or margin > _STEP * DEEPEST:
        raise NotPlain
    made, at = (_items if lines[at].is_item else _mapping)(lines, at, margin)
    if at < len(lines) and lines[at].margin >= margin:
        raise NotPlain
    return made, at


def _mapping(lines: list[_Line], at: int, margin: int) -> tuple[dict[str, Any], int]:
    made: dict[str, Any] = {}
    while at < len(lines) and lines[at].margin == margin and not lines[at].is_item:
        line, at = lines[at], at + 1
        if line.key is None or line.key in made:
            raise NotPlain
        made[line.key] = line.value
        if line.is_open:
            made[line.key], at = _block(lines, at, margin + _STEP)
    return made, at


def _items(lines: list[_Line], at: int, margin: int) -> tuple[list[Any], int]:
    made: list[Any] = []
    while at < len(lines) and lines[at].margin == margin and lines[at].is_item:
        if lines[at].key is None:
            made.append(lines[at].value)
            at += 1
        else:
            lines[at] = replace(lines[at], margin=margin + _STEP, is_item=False)
            item, at = _block(lines, at, margin + _STEP)
            made.append(item)
    return made, at
