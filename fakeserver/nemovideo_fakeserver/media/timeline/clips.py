"""A segment of a picture or a sound track, as it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nemovideo_fakeserver.core.assets import Asset


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a picture is changed: numbers from -100 to 100 (0: as it is), and a `filter` by its name."""

    brightness: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    temperature: float = 0.0
    sharpness: float = 0.0
    filter: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A segment as it is understood: `seconds` from `start`, both on the film's time line.

    `asset` is None for a source nobody knows. `offset` (seconds into the source) and `speed` say
    which part of the source plays, `volume` is a factor from 0 to 1, the fades are in seconds, and
    `seed` is for what has no picture or sound of its own. `name` is what a card shows of such a source.
    `notes` is the brief of music (`docs/draft.md`). `duck` says by how much (0 to 1) this sound
    steps back while others are heard. `transition` is how a picture follows the one before it, empty for a cut.
    """

    tt: int
    start: float
    seconds: float
    seed: int
    asset: Asset | None = None
    name: str = ""
    offset: float = 0.0
    speed: float = 1.0
    volume: float = 1.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    duck: float = 0.0
    notes: Mapping[str, Any] = field(default_factory=dict)
    look: Look = PLAIN
    transition: str = ""

    @property
    def end(self) -> float:
        """The second at which the clip is over."""
        return self.start + self.seconds

    @property
    def file(self) -> Path | None:
        """The uploaded file the clip plays; None for what exists as a description only."""
        source = self.asset.source if self.asset else None
        return source if isinstance(source, Path) else None

    @property
    def footage(self) -> Path | None:
        """The uploaded film the clip shows frame by frame; None for a picture or a card."""
        return self.file if self.asset and self.asset.kind == "video" else None
