"""Worlds that were here before, here again: from a state file, or from a snapshot."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.options import Options
from nemovideo_fakeserver.place import Place
from nemovideo_fakeserver.worlds import Worlds

if TYPE_CHECKING:
    from nemovideo_fakeserver.store.database import Database
    from nemovideo_fakeserver.store.records import World as Record


def resume(record: Record, worlds: Worlds, options: Options) -> Place:
    """Let the world of a record go on; raises `scenario.broken.Wrong` for one that cannot be.

    Its time, its seed and its readings are its own; a rate it has only where one was set for it. Readings
    that the options name, beyond the default, are followed instead.
    """
    from nemovideo_fakeserver.scenario.broken import Wrong
    from nemovideo_fakeserver.store.worlds import restore, variants

    try:
        clock = options.clock(float(record.time), record.rate)
    except ValueError as problem:
        raise Wrong(str(problem), ("time" if record.rate is None else "rate",)) from None
    setting = Setting(
        clock=clock,
        chance=Chance(f"{record.seed}").at(record.name),
        variants=_with(variants(record), options.variants),
    )
    return worlds.resume(record.name, _playing(record, options), setting, partial(restore, record))


def _playing(record: Record, options: Options) -> Options:
    """Return how the world begins again when it is reset: it plays what it has played."""
    if record.scenario is None:
        return options.with_(scenario=None)
    from nemovideo_fakeserver import scenario
    from nemovideo_fakeserver.scenario.broken import Wrong

    try:
        return options.playing(scenario.of(record.scenario))
    except ValueError as problem:
        raise Wrong(str(problem), ("scenario",)) from None


def _with(own: Variants, asked: Variants) -> Variants:
    usual = Variants().texts()
    for key, text in asked.texts().items():
        if text != usual[key]:
            own = own.changed(key, text)
    return own


def from_state(database: Database, vault: Path, worlds: Worlds, options: Options) -> set[str]:
    """Let all worlds of a state file go on, and return the hashes of their uploads; raises `StateUnusable`."""
    from nemovideo_fakeserver.scenario.broken import Wrong, spelled
    from nemovideo_fakeserver.store.broken import StateUnusable
    from nemovideo_fakeserver.store.files import uploads

    hashes = set()
    for record in database.worlds():
        try:
            place = resume(record, worlds, options)
        except Wrong as problem:
            where = f"{spelled(problem.path)} of the world {record.name!r}"
            raise StateUnusable(f"{database.path} is damaged: {where}: {problem}") from None
        if place.keeper is not None:
            place.keeper.know(record)
        for _, asset in uploads(record):
            if not (vault / asset.hash).exists():
                raise StateUnusable(
                    f"{database.path}: the uploaded file {asset.filename!r} is not there any more:"
                    f" put it back as {vault / asset.hash}"
                )
            hashes.add(asset.hash)
    return hashes


def from_snapshot(path: Path, vault: Path, worlds: Worlds, options: Options) -> None:
    """Let the worlds of a snapshot be here, with their uploads; raises `SnapshotUnusable`."""
    from nemovideo_fakeserver.scenario.broken import Wrong
    from nemovideo_fakeserver.store.yaml_reading import read

    source = read(path)
    for number, record in enumerate(source.snapshot.worlds):
        here = ("worlds", number)
        try:
            _bring(path, record, vault)
            resume(record, worlds, options)
        except Wrong as problem:
            raise source.broken(str(problem), (*here, *problem.path)) from None


def _bring(path: Path, record: Record, vault: Path) -> None:
    """Copy the uploads of a world from beside its snapshot; raises `Wrong`."""
    from nemovideo_fakeserver.scenario.broken import Wrong
    from nemovideo_fakeserver.store.files import copy, uploads
    from nemovideo_fakeserver.store.folder import beside

    for place, asset in uploads(record):
        try:
            copy(asset.hash, beside(path), vault)
        except OSError as problem:
            where = f"{beside(path) / asset.hash} ({problem.strerror})"
            raise Wrong(f"the file of this upload should be {where}", place) from None
        except ValueError as problem:
            raise Wrong(str(problem), place) from None
