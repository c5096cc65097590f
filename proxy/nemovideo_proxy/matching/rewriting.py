r"""Values in a text are replaced as whole words, all at once, and the cuts of the text move with them.

A word is not part of a longer one: `render_1` does not stand in `render_12`. It may follow an escape of
JSON (`\n`) or of a URL (`%3D`), whose last character is none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_BEFORE = rb"(?:(?<![A-Za-z0-9_-])|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))"
_AFTER = rb"(?![A-Za-z0-9_-])"


class Words:
    """Replaces the keys of `table` by its values; an empty one replaces nothing."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = {old.encode(): new.encode() for old, new in table.items()}
        longest = sorted(self._table, key=len, reverse=True)
        self._pattern = re.compile(
            _BEFORE + b"(?:" + b"|".join(map(re.escape, longest)) + b")" + _AFTER
        )

    def spans(self, data: bytes) -> list[tuple[int, int, bytes]]:
        """Return where something is to be replaced (begin, end) and by what, in order."""
        if not self._table:
            return []
        return [
            (*found.span(), self._table[found.group()]) for found in self._pattern.finditer(data)
        ]

    def text(self, text: str) -> str:
        """Return `text` with everything replaced."""
        if not self._table:
            return text
        data = text.encode("utf-8", "surrogatepass")
        return spliced(data, self.spans(data)).decode("utf-8", "surrogatepass")


def spliced(data: bytes, spans: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return `data` with the bytes of each span replaced."""
    made: list[bytes] = []
    done = 0
    for start, end, new in spans:
        made += (data[done:start], new)
        done = end
    return b"".join((*made, data[done:]))


def moved(cuts: Iterable[int], spans: Iterable[tuple[int, int, bytes]]) -> list[int]:
    """Return where the ascending `cuts` are afterwards; one within a span comes behind what replaced it."""
    made: list[int] = []
    left = iter([*spans, None])
    span, shift, floor = next(left), 0, 0
    for cut in cuts:
        while span is not None and span[0] < cut:
            shift += len(span[2]) - (span[1] - span[0])
            floor = span[1] + shift
            span = next(left)
        made.append(max(cut + shift, floor))
    return made


def joined(
    first: Iterable[tuple[int, int, bytes]], then: Iterable[tuple[int, int, bytes]]
) -> list[tuple[int, int, bytes]]:
    """Return both in order, those of `then` only where they do not touch one of `first`."""
    taken = list(first)
    free = [
        span
        for span in then
        if not any(span[0] < end and start < span[1] for start, end, _ in taken)
    ]
    return sorted([*taken, *free])
