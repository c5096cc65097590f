"""What a render can be written as.

Documented: `output` has a `format` and a `quality` (`mp4`, `high`). Which others there are is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MEDIA_TYPES: Mapping[str, str] = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "gif": "image/gif",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
}
"""The media type of each format, which is also the extension of its files."""

QUALITIES = ("low", "medium", "high")
"""From the smallest file to the one nearest to what was made; any other word counts as the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is asked of a film beside its draft: a format and a quality of the above, lines and rate.

    `lines` are pixels of the short side, None for those of the draft; `fps` are frames per second.
    """

    format: str = "mp4"
    quality: str = "high"
    lines: int | None = None
    fps: int = 30
