"""What a skill has set: its variables, and the files that it has written, which are never on a disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nemovideo_client.skill.run.missing import Missing
from nemovideo_client.skill.shell.expansion import part_of

LONGEST = 1_000_000
"""Characters that a value may grow to by being put into itself."""

MOST_FILES = 100


class Variables:
    """Remembers what was set."""

    def __init__(self, folder: Path) -> None:
        self._set: dict[str, tuple[str, ...]] = {}
        self._files: dict[str, str] = {}
        self._home = str(folder)

    @property
    def files(self) -> Mapping[str, str]:
        """The texts of the files, by name."""
        return self._files

    def set(self, name: str, value: tuple[str, ...]) -> None:
        """Set a variable. Raises Missing where it has grown too long."""
        if sum(map(len, value)) > LONGEST:
            raise Missing(f"${name} would grow too long")
        self._set[name] = value

    def write(self, name: str, text: str | None) -> None:
        """Write a file, in memory. Raises Missing where nobody knows the text, or it is too much."""
        if text is None:
            raise Missing("only curl and assignments are run")
        if len(text) > LONGEST or len(self._files) >= MOST_FILES:
            raise Missing(f"{name[:60]} would be too much to keep")
        self._files[name] = text

    def get(self, name: str, rest: str) -> tuple[str, ...] | None:
        """Return what `${name…}` takes of what was set; None where nothing was. Raises Missing."""
        if name not in self._set:
            return (self._home,) if name == "HOME" else None
        taken = part_of(self._set[name], rest)
        if taken is None:
            raise Missing(f"${{{name}{rest[:20]}}} is more shell than is read here")
        return taken

    def has(self, name: str) -> bool | None:
        """Say whether a variable is set to something; None where it is not set at all."""
        return bool("".join(self._set[name])) if name in self._set else None
