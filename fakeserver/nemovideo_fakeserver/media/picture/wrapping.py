"""Text as lines: between the words of Latin, between the characters of Chinese.

No line begins with what closes (，。！) nor ends with what opens (（《), as both scripts have it.
Pure: how wide a text is, the caller says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Width = Callable[[str], float]

_HAN = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_CLOSING = "、。〉》」』】〕〗！％），．：；？］｝～…—·’”,.!?:;)%]}"
_OPENING = "〈《「『【〔〖（［｛“‘(\\[{"

_PIECE = re.compile(
    rf" +|[{_OPENING}]*(?:[{_HAN}]|[^ {_HAN}{_OPENING}]+)[{re.escape(_CLOSING)}]*|[{_OPENING}]+"
)
"""What stays together: a word or one Chinese character with its punctuation, or a run of spaces."""


def wrapped(text: str, width: Width, limit: float) -> list[str]:
    """Return the lines of `text`, none wider than `limit` unless one character is.

    A newline in the text begins a new line. A word too long for a line is broken anywhere.
    """
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, width, limit)]


def balanced(text: str, width: Width, limit: float) -> list[str]:
    """Return as many lines as `wrapped` does, as equal in their widths as can be."""
    lines = wrapped(text, width, limit)
    most = len(lines)
    low, high = min(limit, max(longest(text, width), limit / 4)), limit
    while high - low > limit / 50:
        middle = (low + high) / 2
        if len(trial := wrapped(text, width, middle)) <= most:
            lines, high = trial, middle
        else:
            low = middle
    return lines


def longest(text: str, width: Width) -> float:
    """Return the width of the widest piece that may not be broken without need."""
    return max((width(piece) for piece in _PIECE.findall(text)), default=0.0)


def _lines(paragraph: str, width: Width, limit: float) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph, width, limit):
        if line and width(line + piece.rstrip()) > limit:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    yield line.rstrip()


def _pieces(paragraph: str, width: Width, limit: float) -> Iterator[str]:
    for piece in _PIECE.findall(paragraph):
        if width(piece) <= limit or piece.isspace():
            yield piece
        else:
            yield from _broken(piece, width, limit)


def _broken(piece: str, width: Width, limit: float) -> Iterator[str]:
    part = ""
    for character in piece:
        if part and width(part + character) > limit:
            yield part
            part = ""
        part += character
    yield part
