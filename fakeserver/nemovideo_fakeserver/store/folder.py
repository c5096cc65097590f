"""The folder beside a state file or a snapshot, `<FILE>.files`: uploaded files, each under its hash.

Beside a state file it also has, while a fake runs, the lock of its owner (`pid`) and what is only for
now (`now/`).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from nemovideo_fakeserver.store import owners
from nemovideo_fakeserver.store.broken import StateUnusable

_OURS = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{32}\.part")


def beside(file: Path) -> Path:
    """Return the folder that belongs to a file, by whatever name that is called."""
    real = file.resolve()
    return real.with_name(f"{real.name}.files")


class Folder:
    """The folder of a state file, which nobody else uses meanwhile; raises `StateUnusable`."""

    def __init__(self, state: Path) -> None:
        self.path = beside(state)
        self.now = self.path / "now"
        try:
            self.path.mkdir(exist_ok=True)
            self._lock = owners.Lock(self.path / "pid")
        except BlockingIOError:
            raise StateUnusable(owners.taken(state, owner(state))) from None
        except OSError as problem:
            why = problem.strerror
            raise StateUnusable(f"{state} cannot be made a state file: {why}") from None
        self._clear()
        self.now.mkdir()

    def sweep(self, hashes: Collection[str]) -> None:
        """Remove the files of uploads that nobody was told of; what is not ours stays."""
        for entry in self.path.iterdir():
            if _OURS.fullmatch(entry.name) and entry.name not in hashes:
                entry.unlink()

    def close(self) -> None:
        """Remove what was only for now, and the folder where nothing is left."""
        self._clear()
        self._lock.release()
        with suppress(OSError):  # there are uploads in it
            self.path.rmdir()

    def _clear(self) -> None:
        shutil.rmtree(self.now, ignore_errors=True)


def owner(state: Path) -> str:
    """Return who has a state file, as far as that is known."""
    return owners.owner(beside(state) / "pid")
