"""Multipart bodies as they were sent: each part is looked at on its own, for one may hold a film."""

from __future__ import annotations

from nemovideo_proxy.redaction.base64s import is_text
from nemovideo_proxy.redaction.escapes import Change


def change_parts(body: bytes, change: Change) -> bytes:
    """Return a body with a change made to each part; a part that is no text is changed in two halves."""
    boundary = body[: body.find(b"\r\n")] if body.startswith(b"--") else b""
    if len(boundary) < 3:
        return change(body)
    return boundary.join(_part(part, change) for part in body.split(boundary))


def _part(part: bytes, change: Change) -> bytes:
    head, blank, content = part.partition(b"\r\n\r\n")
    if is_text(part):
        return change(part)
    return change(head + blank) + change(content)
