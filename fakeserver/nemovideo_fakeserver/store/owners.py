"""Who has a state file: one fake at a time.

Within this process a list says so. Locks belong to processes, and closing a second connection to the
file would give up those of the first: so nobody else may even open it. Between processes there is a
lock on the file in which the owner writes its process id; a kill releases it.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from nemovideo_fakeserver.store.broken import StateUnusable

_OPEN: set[Path] = set()
_lock = threading.Lock()


def claim(state: Path) -> Path:
    """Take a file for a fake of this process, and return what to `release` it by; raises `StateUnusable`."""
    real = state.resolve()
    with _lock:
        if real in _OPEN:
            raise StateUnusable(taken(state, f"of this process, {os.getpid()}"))
        _OPEN.add(real)
    return real


def release(real: Path) -> None:
    """Give a file up."""
    with _lock:
        _OPEN.discard(real)


class Lock:
    """A lock on `path`, in which the process id stands; raises BlockingIOError when another has it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _locked(path)
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n".encode())
        self._file.flush()

    def release(self) -> None:
        """Give the lock up, and remove its file."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def _locked(path: Path) -> BinaryIO:
    """Open and lock a file, and again if its owner has removed it meanwhile."""
    while True:
        file = path.open("ab")
        try:
            _lock_file(file)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    return file
        except BaseException:
            file.close()
            raise
        file.close()


def _lock_file(file: BinaryIO) -> None:
    """Lock a file where the system can; elsewhere SQLite's own lock has to do."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def owner(path: Path) -> str:
    """Return who has the lock on `path`, as far as that is known."""
    with suppress(OSError, ValueError):
        return f"(process {int(path.read_text())})"
    return "of another process"


def taken(state: Path, whose: str) -> str:
    """Return the sentence for a file that somebody else has open."""
    return f"{state} is in use by another fake {whose}: stop that one, or give this one a state file of its own"
