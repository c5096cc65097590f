"""A file, or a part of one, on its way out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What lies on disk: `length` bytes from `start`."""

    path: Path
    start: int
    length: int
