"""Words for a terminal or a log, whoever they came from.

Law: nothing that is not printable gets through. Messages, paths and file names are what strangers sent;
a control character, a colour code or a mark that turns the direction of text is written as its escape.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

LONGEST = 72
"""How many characters of one value a sentence shows."""


def plain(text: str) -> str:
    """Return `text` on one line, with an escape for whatever cannot be printed."""
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def ascii_only(text: str) -> str:
    """Return `text` as `plain` does, with an escape for whatever is not ASCII, too."""
    return "".join(c if c.isprintable() and c.isascii() else _escape(c) for c in text)


def shown(value: Any, *, around: int = 0, longest: int = LONGEST) -> str:
    """Return a JSON value as a sentence shows it: text in quotes, the part near `around` if it is long."""
    if isinstance(value, str):
        return repr(_window(value, around))
    try:
        words = plain(json.dumps(value, ensure_ascii=False, default=str))
    except RecursionError:
        return "a value nested too deeply to show"
    return words if len(words) <= longest else words[: longest - 1] + "…"


def date(at: float) -> str:
    """Return the UTC date of a virtual time, or its number where no calendar reaches."""
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"{at:g}"


def _window(text: str, around: int) -> str:
    if len(text) <= LONGEST:
        return text
    start = max(0, min(around - LONGEST // 3, len(text) - LONGEST))
    end = start + LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
