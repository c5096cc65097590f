"""A cassette that is recorded anew: written in a folder beside the old one, and put in its place at the end.

In this order, so that a kill at any moment leaves a cassette that is whole: the new files join the old ones
(their names are their contents), the new document replaces the old one in one step, and what only the old
one named goes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from nemovideo_proxy.cassette import openings
from nemovideo_proxy.cassette.lock import Lock


def beside(path: Path) -> Path:
    """Return where the new cassette is written; what an aborted recording left there is gone."""
    clear(path)
    folder = _folder(path)
    folder.mkdir(mode=0o700, parents=True)
    return folder / path.name


def clear(path: Path) -> None:
    """Take away what a recording that was killed left beside the cassette; raises InUse if it goes on."""
    folder = _folder(path)
    held = openings.folder_of(folder / path.name)
    if held.is_dir():
        Lock(held / "lock", path).release()
    shutil.rmtree(folder, ignore_errors=True)


def put_in_place(new: Path, path: Path) -> None:
    """Let the new cassette be the cassette."""
    fresh, kept = _files(new), _files(path)
    names = {file.name for file in fresh.iterdir()} if fresh.is_dir() else set()
    if names:
        kept.mkdir(exist_ok=True)
    for name in names:
        (fresh / name).replace(kept / name)
    new.replace(path)
    for file in tuple(kept.iterdir()) if kept.is_dir() else ():
        if file.name not in names:
            file.unlink()
    give_up(new)


def give_up(new: Path) -> None:
    """Forget the new cassette."""
    shutil.rmtree(new.parent, ignore_errors=True)


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.name}.rewrite")


def _files(path: Path) -> Path:
    return path.with_name(f"{path.stem}.files")
