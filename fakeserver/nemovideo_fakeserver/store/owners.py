"""Who has a state file open: one fake at a time."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from nemovideo_fakeserver.store.broken import StateUnusable

_OPEN: set[Path] = set()
_lock = threading.Lock()


def claim(path: Path) -> Path:
    """Take a file for a fake of this process, and return what to `release` it by; raises `StateUnusable`.

    SQLite keeps other processes away. But locks belong to processes, and closing a second connection
    would give up those of the first: so within this process nobody else may even open the file.
    """
    real = path.resolve()
    with _lock:
        if real in _OPEN:
            raise StateUnusable(taken(path, f"of this process, {os.getpid()}"))
        _OPEN.add(real)
    return real


def release(real: Path) -> None:
    """Give a file up."""
    with _lock:
        _OPEN.discard(real)


def taken(path: Path, whose: str) -> str:
    """Return the sentence for a file that somebody else has open."""
    return f"{path} is in use by another fake {whose}: stop that one, or give this one a state file of its own"
