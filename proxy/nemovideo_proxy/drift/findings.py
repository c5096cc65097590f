"""What a comparison finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Aspect: TypeAlias = Literal[
    "status",
    "code",
    "content-type",
    "fields",
    "body",
    "state",
    "order",
    "terminal",
    "end",
    "silence",
    "heartbeats",
    "silent edits",
]
"""What replies are compared by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A difference: of the reply `number`, or where that is None of all replies of an endpoint.

    `path` is a JSON path, or the aspect where the difference has no place in a body. `line` (from 1) is
    where the interaction stands in its cassette, 0 where that is unknown.
    """

    endpoint: str
    number: int | None
    aspect: Aspect
    path: str
    how: str
    recorded: str
    now: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """A reply that could not be compared, and why."""

    endpoint: str
    number: int
    why: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How a reply did: for each aspect the number of things looked at, and what was found."""

    endpoint: str
    number: int | None
    looked_at: Mapping[Aspect, int]
    findings: tuple[Finding, ...] = ()
    line: int = 0
