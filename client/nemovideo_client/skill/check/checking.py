"""All rules over one document."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_client.skill.check.rule import Finding
from nemovideo_client.skill.check.subject import subject
from nemovideo_client.skill.check.table import RULES
from nemovideo_client.skill.document.parts import Document


def check(document: Document) -> tuple[Finding, ...]:
    """Return what would go wrong with a skill, in the order of its lines."""
    return tuple(sorted(_findings(document), key=lambda finding: finding.line))


def _findings(document: Document) -> Iterator[Finding]:
    seen = subject(document)
    for rule in RULES:
        for line, what in dict.fromkeys(rule.look(seen)):
            yield Finding(line, rule, what)
