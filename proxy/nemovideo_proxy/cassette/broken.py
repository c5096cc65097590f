"""What is wrong with a cassette, and where.

ValueError
|-- BrokenCassette   what lies on disk cannot be a cassette: file, line, what is wrong, what to do
`-- Unwritable       a value that no cassette can hold, or that would not come back as it is
OSError
`-- InUse            another process records into this cassette
"""

from __future__ import annotations

from pathlib import Path


class BrokenCassette(ValueError):
    """One sentence with the place in front: `talk.yaml:12: ...`; `line` counts from 1."""

    def __init__(self, path: Path, line: int, what: str, what_to_do: str) -> None:
        super().__init__(f"{path}:{line}: {what}; {what_to_do}")
        self.path = path
        self.line = line
        self.what = what
        self.what_to_do = what_to_do


class Unwritable(ValueError):
    """A value that cannot be written so that it comes back as it is."""


class InUse(OSError):
    """Another process records into this cassette."""


def to_repair(path: Path) -> str:
    """Say how what is whole in a broken file can be saved."""
    return f"`nemo-proxy doctor --repair {path}` saves what is whole into a new file"
