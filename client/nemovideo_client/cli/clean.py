"""What may reach a terminal: words, and nothing that a terminal obeys."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("\n\t\u200c\u200d")
"""Line ends and tabs; the two joiners that scripts and emoji are spelled with."""

_DROPPED = frozenset({"Cc", "Cf", "Cs"})
"""Escape sequences and their like, reversed writing, halves of surrogate pairs."""


def clean(text: str) -> str:
    """Return `text` without control characters; every kind of line end becomes a newline."""
    return "".join(map(_shown, "\n".join(text.splitlines()) + "\n" * text.endswith("\n")))


def _shown(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _DROPPED:
        return character
    return ""
