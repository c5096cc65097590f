"""Which replies are text that redaction reads, and which are bytes that go to a file."""

from __future__ import annotations

import mimetypes

from nemovideo_proxy.model import Headers, first

_TEXT = ("json", "xml", "javascript", "x-www-form-urlencoded", "yaml", "event-stream")


def content_type_of(headers: Headers) -> str:
    """Return the media type in lower case, without parameters; empty if there is none."""
    return (first(headers, "content-type") or "").partition(";")[0].strip().lower()


def is_text(content_type: str) -> bool:
    """Say whether a body of that type is kept in the cassette itself. What has no type may be text."""
    return (
        not content_type
        or content_type.startswith("text/")
        or any(word in content_type for word in _TEXT)
    )


def names_urls(content_type: str) -> bool:
    """Say whether the URLs in a body of that type are rewritten for the client."""
    return "json" in content_type or content_type == "text/event-stream"


def is_stream(content_type: str) -> bool:
    """Say whether a body of that type is read while it comes."""
    return content_type == "text/event-stream"


def suffix_of(content_type: str) -> str:
    """Return the usual suffix of files of that type, or nothing."""
    return mimetypes.guess_extension(content_type) or ""
