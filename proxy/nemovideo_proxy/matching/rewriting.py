r"""Values in a text are replaced as whole words, all at once, and the cuts of the text move with them.

A word is a longest run of letters, digits, `_` and `-`: `render_1` does not stand in `render_12`. It may
follow an escape of JSON (`\n`) or of a URL (`%3D`), whose last character is none of its own. A value of
other characters stands where it is part of no longer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int, bytes]
"""Where something is to be replaced (begin, end), and by what."""

FEW = 32
"""Values that are looked for one by one before a text is taken apart: most texts hold none."""

_ESCAPE = rb"\\(?:u[0-9A-Fa-f]{4}|.)|%[0-9A-Fa-f]{2}"
_WORD = rb"[A-Za-z0-9_-]+"
_TEXT = re.compile(rb"(?:" + _ESCAPE + rb")|(" + _WORD + rb")", re.DOTALL)
_BEFORE = rb"(?:(?<![A-Za-z0-9_-])|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))"
_AFTER = rb"(?![A-Za-z0-9_-])"


class Words:
    """Replaces values by others; an empty one replaces nothing."""

    def __init__(self) -> None:
        self._words: dict[bytes, bytes] = {}
        self._others: dict[bytes, bytes] = {}
        self._pattern: re.Pattern[bytes] | None = None

    def add(self, old: str, new: str) -> None:
        """Replace `old` by `new` from now on."""
        key = old.encode()
        if re.fullmatch(_WORD, key):
            self._words[key] = new.encode()
            return
        self._others[key] = new.encode()
        longest = sorted(self._others, key=len, reverse=True)
        self._pattern = re.compile(
            _BEFORE + b"(?:" + b"|".join(map(re.escape, longest)) + b")" + _AFTER
        )

    def spans(self, data: bytes) -> list[Span]:
        """Return what is to be replaced, in order."""
        spans = self._in_words(data)
        if self._pattern is None:
            return spans
        found = self._pattern.finditer(data)
        return joined([(*each.span(), self._others[each.group()]) for each in found], spans)

    def text(self, text: str) -> str:
        """Return `text` with everything replaced."""
        if not self._words and self._pattern is None:
            return text
        data = text.encode("utf-8", "surrogatepass")
        return spliced(data, self.spans(data)).decode("utf-8", "surrogatepass")

    def _in_words(self, data: bytes) -> list[Span]:
        words = self._words
        if len(words) <= FEW and not any(word in data for word in words):
            return []
        return [
            (*found.span(1), words[word])
            for found in _TEXT.finditer(data)
            if (word := found[1]) in words
        ]


def spliced(data: bytes, spans: Iterable[Span]) -> bytes:
    """Return `data` with the bytes of each span replaced."""
    made: list[bytes] = []
    done = 0
    for start, end, new in spans:
        made += (data[done:start], new)
        done = end
    return b"".join((*made, data[done:]))


def moved(cuts: Iterable[int], spans: Iterable[Span]) -> list[int]:
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


def joined(first: Iterable[Span], then: Iterable[Span]) -> list[Span]:
    """Return both in order, those of `then` only where they do not touch one of `first`."""
    taken = list(first)
    free = [
        span
        for span in then
        if not any(span[0] < end and start < span[1] for start, end, _ in taken)
    ]
    return sorted([*taken, *free])
