"""How rules put things, and how they search prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from nemovideo_client.skill.document.parts import Span

LONGEST = 60
FARTHEST = 20

ALL = "all four skills"
VENDOR = "7d8899f SKILL 1.9"
REFERENCE = "7fe0b89 api-reference (52127510908)"
SHELL = "POSIX shell"
CURL = "curl manual"


def quoted(text: str) -> str:
    """Return a piece of the document between backticks, on one line, and not too long."""
    plain = " ".join(text.split())
    return f"`{plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + '…'}`"


def listed(things: Iterable[str]) -> str:
    """Return things as people list them: `a, b and c`."""
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


def searched(
    pattern: str | re.Pattern[str], spans: Iterable[Span]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Give what is found in pieces of text, and the line where it begins."""
    compiled = re.compile(pattern)
    for span in spans:
        line, counted = span.line, 0
        for found in compiled.finditer(span.text):
            line += span.text.count("\n", counted, found.start())
            counted = found.start()
            yield line, found


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
