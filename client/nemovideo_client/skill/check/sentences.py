"""Sentences: where each stands, what is around it, and whether it tells to do something or not to.

What a regular expression can know of that is little. A sentence counts as a denial if there is a "not" of
any kind in it that does not belong to a condition: "if there is no text, do not send it again" is one,
"if you do not hear anything, send it again" is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

AROUND = 120
"""Characters on either side of a sentence that tell what it is about."""

_ENDS = re.compile(r"[.!?](?=[\s\"'”’)*_]|$)|[。！？；;|]")
_BREAKS = re.compile(r"\s*(?:$|[-*+] |\d{1,3}[.)] |#|\||```|~~~)")
"""Lines that no sentence runs into: blank ones, items, headings, rows of a table, fences."""

_CONDITIONS = (
    re.compile(
        r"\b(?:if|when|whenever|once|unless|until|in case)\b[^,，;\u4e00-\u9fff]*", re.IGNORECASE
    ),
    re.compile(r"(?:如果|若|要是|当)[^，,;；]*"),
)
_NOT = (
    re.compile(
        r"\b(?:not|never|cannot|avoid\w*|forbid\w*|forbidden|no longer|nor|instead of|rather than"
        r"|deprecated|removed)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    re.compile(r"不(?![断停同久])|[勿禁]|别(?=[再要把用])|避免|已废弃|已移除"),
)
_QUOTED = re.compile(r"`[^`\n]*`")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that begins at `line`; `around` is it, and what stands near it.

    `negated` says whether it tells not to do a thing, or that something is not so.
    """

    line: int
    text: str
    around: str
    negated: bool

    def line_of(self, at: int) -> int:
        """Return the line of a character of it."""
        return self.line + self.text.count("\n", 0, at)


@dataclass(frozen=True, slots=True)
class Sentences:
    """All sentences of a text, in order."""

    all_of_them: tuple[Sentence, ...] = ()
    _lines: tuple[int, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, text: str) -> Sentences:
        """Return the sentences of a text whose first line is 1."""
        found = tuple(_sentences(text))
        return cls(found, tuple(sentence.line for sentence in found))

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.all_of_them)

    def deny(self, line: int, piece: str) -> bool:
        """Say whether the sentence that a piece at a line stands in is a denial."""
        last = bisect_right(self._lines, line) - 1
        while last >= 0:
            sentence = self.all_of_them[last]
            if piece in sentence.text and sentence.line_of(len(sentence.text)) >= line:
                return sentence.negated
            if sentence.line < line - _FARTHEST:
                break
            last -= 1
        return False


_FARTHEST = 20
"""Lines above that a sentence is looked for."""


def searched(
    sentences: Sentences, *patterns: re.Pattern[str]
) -> Iterator[tuple[int, re.Match[str], Sentence]]:
    """Give what patterns find in sentences that are no denials, at most one of each in a sentence, and its line."""
    for sentence in sentences:
        for found in (pattern.search(sentence.text) for pattern in patterns):
            if found and not sentence.negated:
                yield sentence.line_of(found.start()), found, sentence


def _sentences(text: str) -> Iterator[Sentence]:
    for line, begin, end in _paragraphs(text):
        at, number = begin, line
        for stop in (*(found.end() for found in _ENDS.finditer(text, begin, end)), end):
            piece = text[at:stop]
            plain = piece.strip()
            if len(plain) > 1:
                blank = piece[: len(piece) - len(piece.lstrip())]
                around = text[max(0, at - AROUND) : stop + AROUND]
                yield Sentence(number + blank.count("\n"), plain, around, _is_denial(plain))
            number += piece.count("\n")
            at = stop


def _is_denial(sentence: str) -> bool:
    plain = _QUOTED.sub("``", sentence)
    for condition in _CONDITIONS:
        plain = condition.sub("", plain)
    return any(pattern.search(plain) for pattern in _NOT)


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Give the first line of each, and where it begins and ends."""
    begun, first, at = 0, 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if _BREAKS.match(line) and at > begun:
            yield first, begun, at
            begun, first = at, number
        at += len(line) + 1
    if at > begun:
        yield first, begun, min(at, len(text))
