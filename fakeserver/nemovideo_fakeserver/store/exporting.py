"""Leaving a snapshot behind: the text, and the uploaded files beside it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from nemovideo_fakeserver.store.broken import SnapshotUnusable
from nemovideo_fakeserver.store.files import copy, uploads
from nemovideo_fakeserver.store.folder import beside
from nemovideo_fakeserver.store.records import Snapshot
from nemovideo_fakeserver.store.yaml_writing import written


def export(snapshot: Snapshot, vault: Path, path: Path) -> None:
    """Write a snapshot to a file and its uploads beside it; raises `SnapshotUnusable`.

    The text comes last and all at once: a file of that name is a whole snapshot, or what it was before.
    """
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        for hash_ in {asset.hash for world in snapshot.worlds for _, asset in uploads(world)}:
            _copy(hash_, vault, beside(path))
        part.write_text(written(snapshot), encoding="utf-8")
        part.replace(path)
    except OSError as problem:
        why = problem.strerror
        raise SnapshotUnusable(f"{path}: the snapshot cannot be written: {why}") from None
    finally:
        with suppress(OSError):
            part.unlink()


def _copy(hash_: str, vault: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    if not (folder / hash_).exists():
        copy(hash_, vault, folder)
