"""Keeping uploaded files: in one folder, each under the hash of its content, so that equal ones are one.

Law: what lies under a name is whole, whenever the process ends.
"""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path


class LocalVault:
    """Keeps files in `folder`, which it makes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, spooled: Path, sha256: str) -> Path:
        """Move a spooled file here, without the client's words in its name."""
        kept = self.place(sha256)
        if kept.exists():
            spooled.unlink()
        else:
            part = self._folder / f".{uuid.uuid4().hex}.part"
            shutil.move(spooled, part)  # copies where the spool lies on another disk
            part.replace(kept)
        return kept

    def place(self, sha256: str) -> Path:
        """Return where the file with this content is, or would be."""
        return self._folder / sha256

    def size(self, kept: Path) -> int:
        """Return the size of a file in bytes."""
        return kept.stat().st_size
