"""The folder beside a cassette: binaries, each in a file named after its SHA-256."""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from nemovideo_proxy.cassette import privacy
from nemovideo_proxy.cassette.broken import BrokenCassette
from nemovideo_proxy.model import Blob

_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,16})?")
_NAME = re.compile(rf"[0-9a-f]{{64}}{_SUFFIX.pattern}")
_DO = "record it again, or fetch the folder that belongs to the cassette"


class Beside:
    """The binaries of the cassette at `path`, in `<stem>.files/`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.folder = path.with_name(f"{path.stem}.files")
        self._mode: int | None = None

    def path_of(self, blob: Blob, line: int = 1) -> Path:
        """Return where a binary lies; raises `BrokenCassette` unless it is there with its size."""
        place = self._place(blob, line)
        if not place.is_file():
            raise BrokenCassette(self._path, line, f"{place} is missing", _DO)
        found = place.stat().st_size
        if found != blob.size:
            what = f"{place} has {found} bytes, not {blob.size}"
            raise BrokenCassette(self._path, line, what, _DO)
        return place

    def check(self, blob: Blob, line: int = 1) -> None:
        """Read a binary, and raise `BrokenCassette` if it is not what its name says."""
        place = self.path_of(blob, line)
        if _sha256(place) != blob.sha256:
            raise BrokenCassette(self._path, line, f"{place} is not what its name says", _DO)

    def keep(self, source: Path, suffix: str = "") -> Blob:
        """Move a finished file into the folder, under the name of its content."""
        blob = Blob(sha256=_sha256(source), size=source.stat().st_size, suffix=_checked(suffix))
        place = self._place(blob, 1)
        if place.is_file() and place.stat().st_size == blob.size:
            source.unlink()
            return blob
        self._make()
        _move(source, place)
        return blob

    def keep_bytes(self, data: bytes, suffix: str = "") -> Blob:
        """Write content into the folder, under its name."""
        digest = hashlib.sha256(data).hexdigest()
        blob = Blob(sha256=digest, size=len(data), suffix=_checked(suffix))
        self._make()
        part = self.folder / f"{digest}.part"
        part.write_bytes(data)
        part.replace(self._place(blob, 1))
        return blob

    def open_up(self) -> None:
        """Let others look into the folder as into any of the user's, if it was made here."""
        if self._mode is not None and self.folder.is_dir():
            privacy.set_mode(self.folder, self._mode)
            self._mode = None

    def others(self, used: Iterable[Blob]) -> tuple[Path, ...]:
        """Return the files in the folder that none of `used` is."""
        names = {blob.name for blob in used}
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(place for place in self.folder.iterdir() if place.name not in names))

    def _make(self) -> None:
        """Make the folder, for its owner alone until `open_up`; one that is there stays as it is."""
        if self.folder.is_dir():
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._mode = privacy.mode_of_new(self.folder, Path.mkdir)

    def _place(self, blob: Blob, line: int) -> Path:
        if not _NAME.fullmatch(blob.name):
            what = "a binary is named after its SHA-256 and nothing else"
            raise BrokenCassette(self._path, line, what, "docs/cassettes.md says how")
        return self.folder / blob.name


def _checked(suffix: str) -> str:
    if not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"`{suffix}` is no suffix such as .mp4")
    return suffix


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _move(source: Path, place: Path) -> None:
    try:
        source.replace(place)
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        part = place.with_name(f"{place.name}.part")
        shutil.copyfile(source, part)
        part.replace(place)
        source.unlink()
