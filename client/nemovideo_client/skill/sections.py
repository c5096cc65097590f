"""The prose of a SKILL.md as sections: a heading, and what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_FENCE = re.compile(r"\s*(```|~~~)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (level 0: what stands before the first), and the text up to the next one."""

    level: int
    heading: str
    text: str


def sections(body: str) -> tuple[Section, ...]:
    """Part a document at its headings; a `#` inside a fenced block is a comment, not a heading."""
    parts: list[tuple[int, str, list[str]]] = [(0, "", [])]
    fence = ""
    for line in body.split("\n"):
        opens = _FENCE.match(line)
        if opens and fence in ("", opens[1]):
            fence = "" if fence else opens[1]
        heading = None if fence else _HEADING.match(line)
        if heading:
            parts.append((len(heading[1]), heading[2].strip().rstrip("#").rstrip(), []))
        else:
            parts[-1][2].append(line)
    return tuple(Section(level, heading, "\n".join(lines)) for level, heading, lines in parts)


def title(parts: tuple[Section, ...]) -> str:
    """Return the first heading of the highest level there is; empty without headings."""
    headings = [part for part in parts if part.level]
    return min(headings, key=lambda part: part.level).heading if headings else ""


def about(parts: tuple[Section, ...], pattern: str) -> str:
    """Return the first section whose text holds `pattern`, or everything when none does."""
    found = (part.text for part in parts if re.search(pattern, part.text))
    return next(found, "\n".join(part.text for part in parts))
