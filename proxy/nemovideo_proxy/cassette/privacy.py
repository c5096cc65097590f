"""What is being recorded is for its owner alone; what is settled is as open as the user's files are."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FOR_OWNER = 0o600
"""The mode of files while they are recorded."""


def opener(path: str, flags: int) -> int:
    """Open a file for `open` so that a new one is for its owner alone."""
    return os.open(path, flags, FOR_OWNER)


def mode_of_new(folder: Path, make: Callable[[Path], None]) -> int:
    """Return the mode that the user's settings give to what `make` makes, by trying it in `folder`."""
    trial = folder / "mode.part"
    make(trial)
    mode = trial.stat().st_mode & 0o777
    trial.rmdir() if trial.is_dir() else trial.unlink()
    return mode


def set_mode(path: Path, mode: int) -> None:
    """Give a mode to what is there; where the system does not let us, it stays private."""
    with suppress(OSError):
        path.chmod(mode)
