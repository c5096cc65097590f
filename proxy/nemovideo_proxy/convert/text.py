"""Bytes as text and back, by the charset that the content's type names, else UTF-8.

The law: text stands for bytes only where the same charset gives the same bytes again.
"""

from __future__ import annotations

import base64
from email.message import Message
from typing import Any

USUAL = "utf-8"


def charset_of(content_type: str) -> str:
    """Return the charset that a type names, or UTF-8."""
    message = Message()
    message["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    try:
        return message.get_content_charset() or USUAL
    except (LookupError, UnicodeError):
        return USUAL


def text_of(data: bytes, content_type: str) -> str | None:
    """Return the text that `data` is, or None where no text would give it back."""
    charset = charset_of(content_type)
    try:
        text = data.decode(charset)
        return text if text.encode(charset) == data else None
    except (LookupError, ValueError):
        return None


def bytes_of(text: str, content_type: str) -> bytes:
    """Return what a text is on the wire; where its charset has no such letters, in UTF-8."""
    for charset in (charset_of(content_type), USUAL):
        try:
            return text.encode(charset)
        except (LookupError, ValueError):
            continue
    return text.encode(USUAL, "replace")


def told(data: bytes, content_type: str) -> dict[str, Any]:
    """Return the HAR fields that hold a body: its text, or base64 where it is none."""
    text = text_of(data, content_type)
    if text is not None:
        return {"text": text}
    return {"text": base64.b64encode(data).decode("ascii"), "encoding": "base64"}
