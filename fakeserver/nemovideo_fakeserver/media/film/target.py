"""Where a film goes, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nemovideo_fakeserver.media.film.formats import FORMATS, Format

MOST_TITLE = 200
"""Characters of a title that a file bears."""


@dataclass(frozen=True, slots=True)
class Target:
    """The file to write, in a format and a quality of `core.outputs`, with a title anybody may have chosen."""

    path: Path
    format: str = "mp4"
    quality: str = "high"
    title: str = ""

    @property
    def form(self) -> Format:
        """What the format means."""
        return FORMATS[self.format]

    @property
    def metadata(self) -> Mapping[str, str]:
        """What the file says of itself: its title as one line that can be shown, if anything of it can."""
        line = "".join(filter(str.isprintable, " ".join(self.title.split())))[:MOST_TITLE]
        return {"title": line} if line else {}
