"""Media a session owns: uploaded files, and what the service generated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from nemovideo_fakeserver.wire.messages import MediaKind

ACCEPTED = (
    "mp4",
    "mov",
    "avi",
    "webm",
    "mkv",
    "jpg",
    "png",
    "gif",
    "webp",
    "mp3",
    "wav",
    "m4a",
    "aac",
)
"""The documented upload formats (all four skills list the same thirteen)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """Media that exists as a description until somebody needs the bytes.

    `label` is what it shows or is called (a subject, a file name); `notes` carries what a kind needs
    beyond that, for music `bpm`, `key`, `mood`, `genre`, `instruments`, `drop` (seconds), `sections`.
    """

    kind: MediaKind
    seconds: float
    label: str
    seed: int
    width: int = 0
    height: int = 0
    fps: float = 0.0
    notes: Mapping[str, Any] = field(default_factory=dict)


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
