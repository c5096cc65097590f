"""The client id: a UUID that limits how many free tokens one client gets, kept in a file or made afresh.

Documented: `~/.config/nemovideo/client_id` (`topmediai-ai-music-generator`, `best-ai-music-generator`),
a fresh UUID for each run (`topmediai-ai-music`, `ai-music-generator-free-ab-old`), any stable string of
up to 64 characters (51912643291).
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from nemovideo_client.errors import UsageError

FILE = Path(".config/nemovideo/client_id")
"""Where it is kept, below the home directory."""

LONGEST = 64


def fresh() -> str:
    """Return a client id that nobody had before."""
    return str(uuid4())


def kept(path: Path) -> str:
    """Return the client id kept at `path`; the first to ask makes it, private to the user.

    Two processes that ask at once get the same one. Raises UsageError where the file cannot be read or
    made.
    """
    try:
        return _read(path) or _make(path)
    except OSError as problem:
        raise UsageError(
            f"The client id cannot be kept in {path}: {problem.strerror}",
            next_step="Set NEMO_CLIENT_ID instead.",
        ) from None


def _read(path: Path) -> str | None:
    """Return what is kept, or None where that is nothing a header can carry."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return text if text and len(text) <= LONGEST and text.isprintable() else None


def _make(path: Path) -> str:
    """Write a new client id beside `path`, and move it there unless another process was faster."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mine = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    descriptor = os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{uuid4()}\n")
        try:
            os.link(mine, path)
        except FileExistsError:
            if _read(path) is None:  # somebody left it damaged
                mine.replace(path)
        except OSError:  # a file system without links: the last one wins, and all read that
            mine.replace(path)
    finally:
        mine.unlink(missing_ok=True)
    return _read(path) or fresh()
