"""Checks a skill that is a string."""

from __future__ import annotations

from nemovideo_client.skill.check.checking import check
from nemovideo_client.skill.check.rule import Finding
from nemovideo_client.skill.document import markdown, source
from nemovideo_client.skill.document.parts import Document


def read(text: str) -> Document:
    """Return a text as a document; a lone surrogate stands for a byte that is not UTF-8."""
    return markdown.read(source.decoded(text.encode(errors="surrogateescape")))


def checked(text: str) -> tuple[Finding, ...]:
    """Return what would go wrong."""
    return check(read(text))


def broken(text: str) -> list[str]:
    """Return the names of the rules that a skill breaks, each once, sorted."""
    return sorted({finding.rule.name for finding in checked(text)})
