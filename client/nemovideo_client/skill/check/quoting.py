"""How findings put things: pieces of the document, and lists."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 60


def quoted(text: str) -> str:
    """Return a piece of the document between backticks, on one line, and not too long."""
    plain = " ".join(text.split())
    return f"`{plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + '…'}`"


def listed(things: Iterable[str]) -> str:
    """Return things as people list them: `a, b and c`."""
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last
