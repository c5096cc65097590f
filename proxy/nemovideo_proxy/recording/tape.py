"""A cassette while it is recorded, whatever the mode makes of it; and one that is only looked at."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from nemovideo_proxy.cassette import Writer, interaction_text
from nemovideo_proxy.model import Blob, Header, Interaction
from nemovideo_proxy.recording import rewriting
from nemovideo_proxy.recording.plans import Plan

Seal = Callable[[bytes], None]


class Tape:
    """The writer of `path`, and where it writes; `end` says whether the recording ended well."""

    def __init__(self, path: Path, header: Header, plan: Plan, seal: Seal) -> None:
        self._path = path
        self._new = rewriting.beside(path) if plan.beside else None
        place = self._new or path
        self.writer = (
            Writer.extend(place, seal=seal)
            if plan.extends
            else Writer.create(place, header, seal=seal)
        )

    def end(self, *, well: bool) -> None:
        """Put a cassette that was written beside the old one in its place, or forget it."""
        if self._new is None:
            return
        if well:
            rewriting.put_in_place(self._new, self._path)
        else:
            rewriting.give_up(self._new)


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


def header_of(upstream: str, notes: str = "") -> Header:
    """Return the header of a recording that begins now."""
    try:
        harness = version("nemovideo-harness")
    except PackageNotFoundError:
        harness = "unknown"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Header(upstream=upstream, recorded_at=now, harness=harness, notes=notes)


def spool_of(path: Path) -> Path:
    """Return the folder for bodies on their way to the disk: left-overs of a killed recording are gone."""
    folder = path.with_name(f"{path.name}.spool")
    shutil.rmtree(folder, ignore_errors=True)
    return folder
