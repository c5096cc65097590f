"""The files the service takes, and the content type each is sent with.

Formats: all four skills. The types go by extension, as in the vendor's own command-line client, which
takes `.jpeg` as well (public skill page 61534265030).
"""

from __future__ import annotations

from pathlib import PurePath

CONTENT_TYPES: dict[str, str] = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
}

OTHER = "application/octet-stream"


def content_type(filename: str) -> str:
    """Return the content type for a file of this name; refusing what is not in the table is the service's."""
    return CONTENT_TYPES.get(PurePath(filename).suffix.lower().removeprefix("."), OTHER)
