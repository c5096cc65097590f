"""A multipart body that lies on disk, taken apart where the same bytes come of putting it together again."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from nemovideo_proxy.model import Blob, Headers, Multipart, Part, first
from nemovideo_proxy.recording import media_kinds

INLINE = 1024
"""Bytes up to which a part that is text stays in the document."""

SMALL = 1024 * 1024
"""Bytes up to which a body that is text is read as one."""

Keep = Callable[[bytes | memoryview, str], Blob]

_BOUNDARY = re.compile(
    r'^multipart/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))', re.IGNORECASE
)
_SUFFIX = re.compile(r'filename="[^"]*?(\.[A-Za-z0-9]{1,8})"')


def boundary_of(content_type: str) -> str | None:
    """Return the boundary that a content type names, or None."""
    found = _BOUNDARY.match(content_type)
    return (found[1] or found[2]) if found else None


def streams_up(headers: Headers) -> bool:
    """Say whether a body goes to the disk while it comes: it is a form, or of unknown length and no text."""
    kind = media_kinds.content_type_of(headers)
    is_chunked = "chunked" in (first(headers, "transfer-encoding") or "").lower()
    return kind.startswith("multipart/") or (
        is_chunked and not (kind and media_kinds.is_text(kind))
    )


def small_text(path: Path) -> bytes | None:
    """Return the content of the file at `path` if it is a little text, as it would be held in memory."""
    if path.stat().st_size > SMALL:
        return None
    content = path.read_bytes()
    return content if _is_text(content) else None


def taken_apart(path: Path, boundary: str, keep: Keep) -> Multipart | None:
    """Return the parts of the file at `path`, or None if it is not in the plain form that clients write."""
    if path.stat().st_size == 0:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        found = list(_parts(whole, boundary.encode("latin-1")))
        if not found or None in found:
            return None
        with memoryview(whole) as view:
            parts = tuple(_part(view, part, keep) for part in found if part is not None)
    return Multipart(boundary=boundary, parts=parts)


def _parts(whole: mmap.mmap, boundary: bytes) -> Iterator[tuple[Headers, int, int] | None]:
    """Yield the headers of each part and where its content begins and ends; None at what is not plain."""
    at, opening, delimiter = 0, b"--" + boundary + b"\r\n", b"\r\n--" + boundary
    if whole[: len(opening)] != opening:
        yield None
        return
    at = len(opening)
    while True:
        blank, end = whole.find(b"\r\n\r\n", at), whole.find(delimiter, at)
        if not 0 <= blank < end:
            yield None
            return
        headers = _headers(whole[at:blank])
        yield None if headers is None else (headers, blank + 4, end)
        at = end + len(delimiter)
        if whole[at:] == b"--\r\n":
            return
        if whole[at : at + 2] != b"\r\n":
            yield None
            return
        at += 2


def _headers(lines: bytes) -> Headers | None:
    pairs = [line.decode("latin-1").partition(": ") for line in lines.split(b"\r\n")]
    if not all(colon for _, colon, _ in pairs):
        return None
    return tuple((name, value) for name, _, value in pairs)


def _part(view: memoryview, part: tuple[Headers, int, int], keep: Keep) -> Part:
    headers, start, end = part
    if end - start <= INLINE and _is_text(content := bytes(view[start:end])):
        return Part(headers=headers, body=content)
    suffix = next((m[1] for _, value in headers if (m := _SUFFIX.search(value))), "")
    with view[start:end] as content_view:
        return Part(headers=headers, body=keep(content_view, suffix.lower()))


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
