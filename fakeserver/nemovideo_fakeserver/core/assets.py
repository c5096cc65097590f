"""Media a session owns: uploaded files, and what the service generated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from nemovideo_fakeserver.wire.messages import MediaKind

FORMATS: Mapping[str, tuple[MediaKind, str]] = {
    "mp4": ("video", "video/mp4"),
    "mov": ("video", "video/quicktime"),
    "avi": ("video", "video/x-msvideo"),
    "webm": ("video", "video/webm"),
    "mkv": ("video", "video/x-matroska"),
    "jpg": ("image", "image/jpeg"),
    "png": ("image", "image/png"),
    "gif": ("image", "image/gif"),
    "webp": ("image", "image/webp"),
    "mp3": ("audio", "audio/mpeg"),
    "wav": ("audio", "audio/wav"),
    "m4a": ("audio", "audio/mp4"),
    "aac": ("audio", "audio/aac"),
}
"""The documented upload formats (all four skills list the same thirteen): kind and media type of each."""

ACCEPTED = tuple(FORMATS)

USUAL: Mapping[MediaKind, str] = {"video": "mp4", "image": "png", "audio": "mp3"}
"""The format of what is generated."""

_NAMED = {**FORMATS, "jpeg": FORMATS["jpg"]}

KINDS: Mapping[str, MediaKind] = {name: kind for name, (kind, _) in _NAMED.items()}
"""What a file name promises, by its extension; `jpeg` is the one other spelling."""

TYPES: Mapping[str, str] = {name: type_ for name, (_, type_) in _NAMED.items()}
"""The media types of the same extensions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """Media that exists as a description until somebody needs the bytes.

    `label` is what it shows or is called (a subject, a file name); `notes` carries what a kind needs
    beyond that, for music `bpm`, `key`, `mood`, `genre`, `instruments`, `drop` (seconds), `sections`.
    For files that stand in for those of others they also have `format`, and for films whether there
    is `sound`.
    """

    kind: MediaKind
    seconds: float
    label: str
    seed: int
    width: int = 0
    height: int = 0
    fps: float = 0.0
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def format(self) -> str:
        """The short name of the format of the file, of those in `FORMATS`."""
        named = self.notes.get("format")
        if isinstance(named, str) and named in FORMATS and FORMATS[named][0] == self.kind:
            return named
        return USUAL[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One piece of media, known to drafts by its `url` (the `cdn_url` of the API)."""

    kind: MediaKind
    filename: str
    url: str
    seconds: float
    width: int
    height: int
    fps: float
    hash: str
    source: Path | Synthetic
    origin: Literal["uploaded", "generated"]


def imagined(
    source: Synthetic,
    *,
    filename: str,
    url: str,
    hash_: str,
    origin: Literal["uploaded", "generated"],
) -> Asset:
    """Return the asset whose file is made as `source` says, and measures as much."""
    return Asset(
        kind=source.kind,
        filename=filename,
        url=url,
        seconds=source.seconds,
        width=source.width,
        height=source.height,
        fps=source.fps,
        hash=hash_,
        source=source,
        origin=origin,
    )
