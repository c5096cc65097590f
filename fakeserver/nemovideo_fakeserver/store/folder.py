"""The folder beside a state file or a snapshot, `<FILE>.files`: uploaded files, each under its hash.

Beside a state file it also has, while a fake runs, its process id and what is only for now (`now/`).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

_OURS = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{32}\.part")


def beside(file: Path) -> Path:
    """Return the folder that belongs to a file."""
    return file.with_name(f"{file.name}.files")


class Folder:
    """The folder of a state file whose lock is held."""

    def __init__(self, state: Path) -> None:
        self.path = beside(state)
        self.now = self.path / "now"
        self._pid = self.path / "pid"
        self.path.mkdir(exist_ok=True)
        self._clear()
        self.now.mkdir()
        self._pid.write_text(f"{os.getpid()}\n")

    def sweep(self, hashes: Collection[str]) -> None:
        """Remove the files of uploads that nobody was told of; what is not ours stays."""
        for entry in self.path.iterdir():
            if _OURS.fullmatch(entry.name) and entry.name not in hashes:
                entry.unlink()

    def close(self) -> None:
        """Remove what was only for now, and the folder where nothing is left."""
        self._clear()
        with suppress(OSError):  # there are uploads in it
            self.path.rmdir()

    def _clear(self) -> None:
        shutil.rmtree(self.now, ignore_errors=True)
        self._pid.unlink(missing_ok=True)


def pid(state: Path) -> str:
    """Return the id of the process that has a state file open, as it has told; "" where it has not."""
    with suppress(OSError, ValueError):
        return str(int((beside(state) / "pid").read_text()))
    return ""
