"""How much room text takes in a terminal, in cells.

Law: a wide character takes two cells, a combining mark none, any other printable character one. What is
ambiguous takes one, as it does outside East Asian terminals.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MOST_CHARACTERS = 4
"""Per cell, so that a tower of combining marks ends somewhere."""


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def fits(text: str, room: int) -> bool:
    """Say whether a text fits into `room` cells as it is."""
    return len(text) <= room * MOST_CHARACTERS and cells(text) <= room


def fitted(text: str, room: int) -> str:
    """Return as much of a text from its beginning as fits into `room` cells."""
    kept = []
    for character in text[: room * MOST_CHARACTERS]:
        room -= _cells_of(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept)


def padded(text: str, room: int) -> str:
    """Return a text with blanks behind it, up to `room` cells."""
    return text + " " * (room - cells(text))


def shifted(text: str, room: int) -> str:
    """Return a text with blanks before it, up to `room` cells."""
    return " " * (room - cells(text)) + text


@lru_cache(maxsize=4_096)
def _cells_of(character: str) -> int:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 2
    return 0 if unicodedata.category(character) in {"Mn", "Me"} else 1
