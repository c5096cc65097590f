"""Where a fake has its files: in a temporary folder, or beside a state file that outlives it."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Protocol

from nemovideo_fakeserver.core.world import World
from nemovideo_fakeserver.resuming import imported, resumed
from nemovideo_fakeserver.worlds import Keeping, Options, Worlds


class Home(Protocol):
    """A place for files: `now` is empty and goes with the fake, `vault` is for uploads."""

    now: Path
    vault: Path
    keeping: Keeping | None

    def begin(self, worlds: Worlds) -> None:
        """Let the worlds be here that were here before; raises `store.broken.Unusable`."""
        ...

    def close(self) -> None:
        """Remove what does not last."""
        ...


class Passing:
    """A temporary folder."""

    keeping: Keeping | None = None

    def __init__(self, options: Options) -> None:
        self._options = options
        self._folder = tempfile.TemporaryDirectory(
            prefix="nemovideo-fake-", ignore_cleanup_errors=True
        )
        self.now = Path(self._folder.name)
        self.vault = self.now / "vault"

    def begin(self, worlds: Worlds) -> None:
        """Import what is to be imported."""
        imported(worlds, self._options, self.vault)

    def close(self) -> None:
        """Remove everything."""
        self._folder.cleanup()


class Lasting:
    """A state file and the folder beside it; raises `store.broken.StateUnusable`."""

    def __init__(self, options: Options, state: Path) -> None:
        from nemovideo_fakeserver.store.database import Database
        from nemovideo_fakeserver.store.folder import Folder
        from nemovideo_fakeserver.store.keeper import Keeper

        self._options = options
        self._database = Database(state)
        try:
            self._folder = Folder(state)
        except BaseException:
            self._database.close()
            raise
        self.now = self._folder.now
        self.vault = self._folder.path
        self.keeping: Keeping | None = partial(
            Keeper, self._database, usual_rate=options.rate
        )

    def begin(self, worlds: Worlds) -> None:
        """Let the worlds of the file go on; into a file without any, import what is to be imported."""
        found = self._database.worlds()
        resumed(worlds, self._options, found, self._database.path)
        self._folder.sweep(hashes)

    def close(self) -> None:
        """Give the file up, and remove what is only for now."""
        self._database.close()
        self._folder.close()


def home(options: Options) -> Passing | Lasting:
    """Return the home that these options ask for."""
    return Passing(options) if options.state is None else Lasting(options, options.state)
