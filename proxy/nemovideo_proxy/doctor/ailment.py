"""One thing that is wrong with a cassette."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "broken",
    "secret",
    "expired",
    "empty stream",
    "unfinished",
    "missing file",
    "wrong file",
    "orphan",
    "schema",
    "stale line",
    "length",
    "format",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """What is wrong, where (`line` from 1), and what to do; never a secret."""

    path: Path
    line: int
    kind: Kind
    what: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {self.what}; {self.what_to_do}"
