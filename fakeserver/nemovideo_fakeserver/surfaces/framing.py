"""What a door adds to a reply so that its end can be found."""

from __future__ import annotations

from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Headers,
    Reply,
)

BODILESS = frozenset({204, 304})
"""Statuses whose replies have no body (RFC 9110, section 6.4.1)."""


def length_of(reply: Reply) -> int | None:
    """Return the length of the body in bytes, or None for one that comes in steps."""
    body = reply.body
    if isinstance(body, bytes):
        return len(body)
    if isinstance(body, File):
        return body.length
    return None


def with_length(reply: Reply) -> Headers:
    """Return the headers of `reply`, with a `Content-Length` where there can be one and is none."""
    length = length_of(reply)
    if length is None or reply.status in BODILESS or _has_length(reply.headers):
        return reply.headers
    return (*reply.headers, ("Content-Length", str(length)))


def announced(headers: Headers) -> int | None:
    """Return the length of the body that `headers` announce, or None where they announce none."""
    said = [value for name, value in headers if name.lower() == "content-length"]
    return int(said[0]) if said else None


def _has_length(headers: Headers) -> bool:
    # from a list: a generator costs more than what it makes here
    return "content-length" in [name.lower() for name, _ in headers if len(name) == 14]
