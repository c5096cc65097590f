"""Uploads: files from here, or URLs for the service to fetch.

Bodies: public skill page 52127510908; 51912643291 shows fewer fields, 54183061932 and 55942617650
expect other names.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from nemovideo_client.models import Json, Upload, UploadedFile
from nemovideo_client.wire.calls import fields
from nemovideo_client.wire.calls.paths import path
from nemovideo_client.wire.media_types import content_type
from nemovideo_client.wire.messages import Call, FilePart, Progress, Request

_PATH = "/api/upload-video/nemo_agent/me/{session}"


def upload_files(
    session_id: str, paths: Sequence[Path], progress: Progress | None = None
) -> Call[Upload]:
    """Send files, each under its own name, in one request."""
    files = tuple(FilePart(file, file.name, content_type(file.name)) for file in paths)
    return Call(
        endpoint=f"POST {_PATH}",
        request=Request(
            method="POST", url=path(_PATH, session=session_id), files=files, progress=progress
        ),
        read=_upload,
    )


def upload_urls(session_id: str, urls: Sequence[str]) -> Call[Upload]:
    """Let the service fetch files from URLs."""
    return Call(
        endpoint=f"POST {_PATH}",
        request=Request(
            method="POST",
            url=path(_PATH, session=session_id),
            json={"urls": list(urls), "source_type": "url"},
        ),
        read=_upload,
    )


def _upload(data: Any) -> Upload:
    files = fields.objects(data, "files", "uploaded_files")
    if files is None and fields.text(data, "cdn_url", "url"):
        files = (data,)
    if files is None:
        raise KeyError("files")
    return Upload(
        files=tuple(map(_file, files)), applied=fields.flag(data, "session_state_applied")
    )


def _file(file: Json) -> UploadedFile:
    url = fields.text(file, "cdn_url", "url")
    filename = fields.text(file, "filename") or _last(url)
    if not filename:
        raise KeyError("filename")
    return UploadedFile(
        filename=filename,
        kind=fields.text(file, "file_type"),
        url=url,
        duration=fields.number(file, "duration"),
        width=fields.whole(file, "width"),
        height=fields.whole(file, "height"),
        fps=fields.number(file, "fps"),
        hash=fields.text(file, "hash"),
    )


def _last(url: str | None) -> str:
    """Return the file's name in its URL."""
    return unquote(PurePosixPath((url or "").partition("?")[0]).name)
