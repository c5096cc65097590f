"""What of a cassette is replayed while the rest is recorded: all but what nobody knows the end of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nemovideo_proxy.cassette import Cassette, Entry
from nemovideo_proxy.model import Blob, Header, Interaction


class Whole:
    """An open cassette without what was lost: that is asked of the service, and recorded, anew."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette
        self.entries: Sequence[Entry] = tuple(
            entry for entry in cassette.entries if cassette.interaction(entry).end != "lost"
        )

    @property
    def path(self) -> Path:
        """Its file."""
        return self._cassette.path

    @property
    def header(self) -> Header:
        """What it says of itself."""
        return self._cassette.header

    def interaction(self, entry: Entry) -> Interaction:
        """Read one of its entries."""
        return self._cassette.interaction(entry)

    def path_of(self, blob: Blob) -> Path:
        """Return where the content of a blob lies."""
        return self._cassette.path_of(blob)
