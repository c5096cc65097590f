"""A folder that does not outlive its recording, or not for long: what a kill leaves is cleared at a later start."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "nemo-record-"
DAY = 24 * 3600.0
"""Seconds for which a folder is left alone, whoever made it: its process may not be seen from here."""

_PID = re.compile(rf"{PREFIX}(\d+)-")


@contextmanager
def own_folder() -> Iterator[Path]:
    """Give a folder for the owner alone, which is gone in the end; clears those of recordings that were killed."""
    _clear(time.time() - DAY)
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-") as made:
        yield Path(made)


def _clear(before: float) -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # it goes at this moment
            found = folder.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_mtime < before and _is_left(folder, found):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path, found: os.stat_result) -> bool:
    """Say whether a folder is the user's own, and its process is gone."""
    if sys.platform == "win32" or found.st_uid != os.getuid():
        return False
    pid = _PID.match(folder.name)
    if pid is None:
        return True
    try:
        os.kill(int(pid[1]), 0)
    except ProcessLookupError:
        return True
    return False
