"""Keeping uploaded files: in one folder, under names of our own."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path


class LocalVault:
    """Keeps files in `folder`, which it makes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, spooled: Path) -> Path:
        """Move a spooled file here, under a fresh name without the client's words in it."""
        kept = self._folder / uuid.uuid4().hex
        shutil.move(spooled, kept)
        return kept

    def size(self, kept: Path) -> int:
        """Return the size of a file in bytes."""
        return kept.stat().st_size
