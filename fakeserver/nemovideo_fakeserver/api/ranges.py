"""Byte ranges of a file reply (RFC 9110, section 14): one range is served, several are not (the whole is)."""

from __future__ import annotations

import re
from pathlib import Path

from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Head,
    Headers,
    Reply,
)

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def serve(head: Head, path: Path, *, size: int, headers: Headers, etag: str) -> Reply:
    """Reply with a file, or the part of it that `Range` asks for; HEAD gets the headers of the whole."""
    about = (*headers, ("ETag", etag), ("Accept-Ranges", "bytes"))
    asked = head.header("range") or ""
    if head.method != "GET" or head.header("if-range") not in (None, etag):
        asked = ""  # a range means something to GET alone
    span = _span(asked, size)
    if span is None:
        return _file(head, 200, about, File(path=path, start=0, length=size))
    start, length = span
    if length <= 0:
        return Reply(
            status=416,
            headers=(*about, ("Content-Range", f"bytes */{size}"), ("Content-Length", "0")),
        )
    about = (*about, ("Content-Range", f"bytes {start}-{start + length - 1}/{size}"))
    return _file(head, 206, about, File(path=path, start=start, length=length))


def _file(head: Head, status: int, headers: Headers, file: File) -> Reply:
    headers = (*headers, ("Content-Length", str(file.length)))
    return Reply(status=status, headers=headers, body=b"" if head.method == "HEAD" else file)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """Return start and length, length 0 when unsatisfiable, or None when the whole is to be sent."""
    match = _RANGE.fullmatch(asked.strip())
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        return size - length, length
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    return start, end - start + 1
