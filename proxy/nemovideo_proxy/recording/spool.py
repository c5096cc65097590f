"""Big bodies on their way to the disk: redacted before they are written, in a folder for the owner alone."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from nemovideo_proxy.recording.needs import Opaque


class SpoolFile:
    """One body; `seen` bytes have come, of which all but a tail that could begin a secret are written."""

    def __init__(self, path: Path, opaque: Opaque) -> None:
        self.path = path
        self.seen = 0
        self._opaque = opaque
        self._file = path.open("xb")

    def feed(self, data: bytes) -> None:
        """Write what is safe to write."""
        self.seen += len(data)
        self._file.write(self._opaque.feed(data))

    def finish(self) -> Path:
        """Write the rest; returns the finished file."""
        self._file.write(self._opaque.finish())
        self._file.close()
        return self.path

    def drop(self) -> None:
        """Throw it away."""
        self._file.close()
        self.path.unlink(missing_ok=True)


class Spool:
    """The folder beside the cassette; it is there only while something lies in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = (f"{number}.part" for number in itertools.count(1))

    def open(self, opaque: Opaque) -> SpoolFile:
        """Begin a body."""
        return SpoolFile(self.new(), opaque)

    def new(self) -> Path:
        """Return the path of a new file, which does not exist yet."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder / next(self._names)

    def close(self) -> None:
        """Remove the folder and what was left in it."""
        shutil.rmtree(self._folder, ignore_errors=True)
