"""Whether a file can be a state file of ours: what its first bytes say, before anything opens it."""

from __future__ import annotations

from pathlib import Path

from nemovideo_fakeserver.store.broken import StateUnusable
from nemovideo_fakeserver.store.records import VERSION

APPLICATION = 0x4E4D5646
"""What SQLite's header calls our files: NMVF."""

_SQLITE = b"SQLite format 3\0"
_SIZE = 100


def is_new(path: Path) -> bool:
    """Say whether the file has yet to be made; raises `StateUnusable` for one that is not ours to use."""
    head = _head(path)
    if not head:
        return True
    if not head.startswith(_SQLITE) or len(head) < _SIZE or _number(head, 68) != APPLICATION:
        raise StateUnusable(
            f"{path} is no state file of nemovideo-fakeserver: give --state a new file, or one that it made"
        )
    version = _number(head, 60)
    if version > VERSION:
        raise StateUnusable(
            f"{path} has format {version}, and this nemovideo-fakeserver knows formats up to {VERSION}:"
            " use the version that wrote it, or another file"
        )
    return False


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_SIZE)
    except FileNotFoundError:
        return b""
    except OSError as problem:
        raise StateUnusable(f"{path} cannot be a state file: {problem.strerror}") from None


def _number(head: bytes, offset: int) -> int:
    return int.from_bytes(head[offset : offset + 4])
