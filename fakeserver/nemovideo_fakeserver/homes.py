"""Where a fake has its files: in a temporary folder, or in a state file and beside it."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Protocol

from nemovideo_fakeserver import resuming
from nemovideo_fakeserver.options import Options
from nemovideo_fakeserver.worlds import Keeping, Worlds


class Home(Protocol):
    """Where files are: what is in `now` goes with the fake, `vault` is for uploads. `keeping` keeps worlds."""

    now: Path
    vault: Path
    keeping: Keeping | None

    def begin(self, worlds: Worlds) -> None:
        """Let the worlds be here that are to go on; raises `store.broken.Unusable`."""
        ...

    def close(self) -> None:
        """Remove what does not last."""
        ...


def home(options: Options) -> Home:
    """Return the home that these options ask for; raises `store.broken.StateUnusable`."""
    return _Passing(options) if options.state is None else _Lasting(options, options.state)


class _Passing:
    """A temporary folder."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._folder = tempfile.TemporaryDirectory(
            prefix="nemovideo-fake-", ignore_cleanup_errors=True
        )
        self.now = Path(self._folder.name)
        self.vault = self.now / "vault"
        self.keeping: Keeping | None = None

    def begin(self, worlds: Worlds) -> None:
        """Import what is to be imported."""
        if self._options.imports is not None:
            resuming.from_snapshot(self._options.imports, self.vault, worlds, self._options)

    def close(self) -> None:
        """Remove everything."""
        self._folder.cleanup()


class _Lasting:
    """A state file and the folder beside it."""

    def __init__(self, options: Options, state: Path) -> None:
        from nemovideo_fakeserver.store.database import Database
        from nemovideo_fakeserver.store.keeper import Keeper

        self._options = options
        self._database = Database(state)
        self.now = self._database.folder.now
        self.vault = self._database.folder.path
        self.keeping: Keeping | None = partial(Keeper, self._database, usual_rate=options.rate)

    def begin(self, worlds: Worlds) -> None:
        """Let the worlds of the file go on; into a file without any, import what is to be imported."""
        options = self._options
        hashes = resuming.from_state(self._database, self.vault, worlds, options)
        self._database.folder.sweep(hashes)
        if options.imports is None:
            return
        if worlds.names():
            from nemovideo_fakeserver.store.broken import StateUnusable

            raise StateUnusable(
                f"{options.state} has worlds already: import {options.imports} into a new state file,"
                " or go on without it"
            )
        resuming.from_snapshot(options.imports, self.vault, worlds, options)
        with self._database.transaction():
            worlds.save()

    def close(self) -> None:
        """Give the file up, and remove what was only for now."""
        self._database.close()
