"""One process records into a cassette."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nemovideo_proxy.cassette.broken import InUse

if sys.platform != "win32":
    import fcntl


class Lock:
    """A file that one process holds, as long as it lives."""

    def __init__(self, path: Path, what: Path) -> None:
        self._path = path
        self._file = _held(path)
        if self._file is None:
            raise InUse(
                f"{what} is being recorded by another process; stop it, or record elsewhere"
            )

    @property
    def folder(self) -> Path:
        """The folder in which the file lies."""
        return self._path.parent

    def release(self) -> None:
        """Let others have it."""
        if self._file is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None


def _held(path: Path) -> int | None:
    """Return the open file, or None if another process holds it."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _taken(file):
            os.close(file)
            return None
        if path.exists() and os.path.samestat(os.fstat(file), path.stat()):
            return file
        os.close(file)  # who held it has removed it meanwhile


def _taken(file: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
