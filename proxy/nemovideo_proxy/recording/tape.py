"""A cassette while it is recorded, whatever the mode makes of it; and one that is only looked at."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from nemovideo_proxy.cassette import Cassette, Writer, interaction_text
from nemovideo_proxy.model import Blob, Header, Interaction
from nemovideo_proxy.recording import rewriting
from nemovideo_proxy.recording.plans import Plan

Seal = Callable[[bytes], None]


class AnotherService(ValueError):
    """A cassette holds what one service said, and another is to be recorded. One sentence."""


class Tape:
    """The writer of `path`, and where it writes; `end` says whether the recording ended well."""

    def __init__(self, path: Path, header: Header, plan: Plan, seal: Seal) -> None:
        self._path = path
        if plan.extends:
            _refuse_another_service(path, header)
        rewriting.clear(path)
        self._new = rewriting.beside(path) if plan.beside else None
        self._is_begun_here = not (plan.extends or plan.over)
        place = self._new or path
        self.writer = (
            Writer.extend(place, seal=seal)
            if plan.extends
            else Writer.create(place, header, seal=seal, over=plan.over)
        )

    def end(self, *, well: bool) -> None:
        """Put a cassette that was written beside the old one in its place, or forget it."""
        if self._new is None:
            return
        if well:
            rewriting.put_in_place(self._new, self._path)
        else:
            rewriting.give_up(self._new)

    def undo(self) -> None:
        """Take away what this made, where nothing was recorded because nothing could begin."""
        self.writer.close()
        if self._new is not None:
            rewriting.give_up(self._new)
        elif self._is_begun_here:
            self._path.unlink(missing_ok=True)


class DryOpening:
    """An exchange of which nothing is kept."""

    def head(self, *_: object) -> None:
        """Keep nothing."""

    def piece(self, *_: object) -> None:
        """Keep nothing."""

    def drop(self) -> None:
        """There is nothing to forget."""


class DryWriter:
    """Writes nothing, and shows by `show` what would be written."""

    def __init__(self, seal: Seal, show: Callable[[str], None]) -> None:
        self._seal = seal
        self._show = show
        self._last = 0

    def next_number(self) -> int:
        """Return a number that no interaction has."""
        self._last += 1
        return self._last

    def begin(self, *_: object) -> DryOpening:
        """Keep nothing."""
        return DryOpening()

    def add(self, interaction: Interaction) -> object:
        """Show it."""
        text = interaction_text(interaction)
        self._seal(text.encode())
        self._show(text)
        return None

    def keep(self, path: Path, suffix: str = "") -> Blob:
        """Name the file as it would be named."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        blob = Blob(sha256=digest, size=path.stat().st_size, suffix=suffix)
        path.unlink()
        return blob

    def mend(self, *_: object) -> None:
        """There is nothing to mend."""

    def close(self) -> None:
        """There is nothing to settle."""


def _refuse_another_service(path: Path, header: Header) -> None:
    with Cassette.open(path) as cassette:
        before = cassette.header.upstream
    if before.rstrip("/") != header.upstream:
        raise AnotherService(
            f"{path} was recorded from {before}, and not from {header.upstream}: a cassette holds one service; "
            "record the other into a file of its own"
        )


def header_of(upstream: str, notes: str = "", recorded_at: datetime | None = None) -> Header:
    """Return the header of a recording that begins now, or that says it began at another time (in UTC)."""
    try:
        harness = version("nemovideo-harness")
    except PackageNotFoundError:
        harness = "unknown"
    began = (recorded_at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Header(upstream=upstream, recorded_at=began, harness=harness, notes=notes)


def spool_of(path: Path) -> Path:
    """Return the folder for bodies on their way to the disk: left-overs of a killed recording are gone."""
    folder = path.with_name(f"{path.name}.spool")
    shutil.rmtree(folder, ignore_errors=True)
    return folder
