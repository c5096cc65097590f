"""Where the documents of a cassette are: a scan over the lines that begin with `---`.

The law:

* `---` at the beginning of a line opens a document, wherever it stands. What follows on the line is
  nothing (a document written by hand, whose number is one more than that of the one before it), or
  number, method, shape and key.
* What other readers take for a line break, this one refuses.
* The last document is whole if it has its `ended`, which is written last, and its last line has an end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from nemovideo_proxy.cassette.broken import BrokenCassette, to_repair
from nemovideo_proxy.cassette.documents import OPENING
from nemovideo_proxy.signature import Signature

_OPENING = re.compile(OPENING.pattern.encode() + rb"(?=\n|\Z)")
_BARE = re.compile(rb"---[ \t]*(?=\n|\Z)")
_NOTHING = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\n)*")
_ENDED = re.compile(rb"\nended: [0-9][0-9.e+-]*\n+\Z")
_TAIL = 64

FORBIDDEN = {
    b"\r": "a carriage return (of Windows line ends?)",
    b"\xc2\x85": "the control character U+0085",
    b"\xe2\x80\xa8": "the line separator U+2028",
    b"\xe2\x80\xa9": "the paragraph separator U+2029",
}
"""What some readers of YAML take for a line break."""


class Span(NamedTuple):
    """Where a document lies in a file: its first line, from 1, and its bytes."""

    line: int
    start: int
    end: int


class Entry(NamedTuple):
    """One interaction of a cassette, by what the first line of its document says.

    `line` counts from 1. `unfinished` is the file of an exchange that a recording left behind when it
    was killed (None: it is in the cassette).
    """

    number: int
    signature: Signature
    line: int
    start: int
    end: int
    unfinished: Path | None = None


Learn = Callable[[Span, int], Signature]
"""Reads a document, to learn what it is about."""


def spans(data: bytes) -> Iterator[Span]:
    """Yield where each document lies, the header first."""
    starts = list(_starts(data))
    first = starts[0] if starts else len(data)
    if not _NOTHING.fullmatch(data, 0, first) or not starts:
        starts.insert(0, 0)
    line, before = 1, 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        line += data.count(b"\n", before, start)
        before = start
        yield Span(line, start, end)


def _starts(data: bytes) -> Iterator[int]:
    if data.startswith(b"---"):
        yield 0
    at = data.find(b"\n---")
    while at >= 0:
        yield at + 1
        at = data.find(b"\n---", at + 1)


def refuse_breaks(data: bytes, path: Path, first: int = 1) -> None:
    """Raise `BrokenCassette` for what some readers take for a line break; `first` is the first line."""
    for what, name in FORBIDDEN.items():
        at = data.find(what)
        if at >= 0:
            line = data.count(b"\n", 0, at) + first
            do = f"escape it in a text in double quotes, or {to_repair(path)}"
            raise BrokenCassette(path, line, f"{name} stands here", do)


def whole(data: bytes, last: Span) -> int:
    """Return where a file would end that has no document which is cut off."""
    line = data.rfind(b"\n") + 1
    if data[line:].startswith(b"-"):
        return line
    return last.end if _ENDED.search(data, max(last.start, len(data) - _TAIL)) else last.start


def entry_of(data: bytes, span: Span, path: Path, before: int, learn: Learn) -> Entry:
    """Return the entry of a document; `learn` says what one written by hand is about."""
    if match := _OPENING.match(data, span.start):
        _, _, number, *said = match[0].decode().split(" ")
        return Entry(int(number), Signature(*said), *span)
    if not _BARE.match(data, span.start):
        what = "a line that begins with `---` opens a document, and this one does not say which"
        do = "write `---`, or `--- # NUMBER METHOD SHAPE KEY`"
        raise BrokenCassette(path, span.line, what, do)
    return Entry(before + 1, learn(span, before + 1), *span)


def in_order(entries: list[Entry], path: Path) -> tuple[Entry, ...]:
    """Return entries in order of number; raises `BrokenCassette` if two have the same."""
    lines: dict[int, int] = {}
    for entry in entries:
        if entry.number in lines:
            what = f"interaction {entry.number} stands here again, first in line"
            do = f"give one of them another number, or {to_repair(path)}"
            raise BrokenCassette(path, entry.line, f"{what} {lines[entry.number]}", do)
        lines[entry.number] = entry.line
    return tuple(sorted(entries, key=lambda entry: entry.number))
