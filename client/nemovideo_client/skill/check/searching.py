"""Searching the lines of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

FARTHEST = 20


def in_lines(
    pattern: str | re.Pattern[str], lines: Iterable[str]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Give what is found in the lines of a document, the first of each line, with its number."""
    compiled = re.compile(pattern)
    for number, line in enumerate(lines, 1):
        found = compiled.search(line)
        if found:
            yield number, found


def near(text: str, line: int, lines: Sequence[str]) -> int:
    """Return where a text stands that belongs to a command at a line: some lines below, at most."""
    below = enumerate(lines[line - 1 : line + FARTHEST], line)
    return next((number for number, found in below if text in found), line)
