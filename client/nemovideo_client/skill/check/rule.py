"""A rule, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_client.skill.check.subject import Subject

Severity: TypeAlias = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
"""error: whoever follows the skill loses money, work or access, or is refused. warning: it is against
the documents. hint: it can be done better."""

Found: TypeAlias = tuple[int, str]
"""The line, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the documents ask of a skill (`asks`), where they say so (`source`), and how to look."""

    name: str
    severity: Severity
    asks: str
    source: str
    look: Callable[[Subject], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a skill breaks a rule, and how."""

    line: int
    rule: Rule
    what: str
