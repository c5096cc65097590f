"""What a fault that cannot be armed is refused with."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class FaultUnknown(ValueError):
    """One sentence: the word that is wrong, and what would be right; `key` is the word it stands under."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def hint(word: object, legal: Iterable[str]) -> str:
    """Return which of the legal words is nearest to `word`, then all of them, as the end of a sentence."""
    known = list(legal)
    near = get_close_matches(str(word)[:100], known, n=1)
    asked = f"did you mean {near[0]}? There" if near else "there"
    return f"{asked} are: {', '.join(known)}"


def shown(value: object) -> str:
    """Return a value as an error shows it, cut where it would fill the screen."""
    written = repr(value)
    return written if len(written) <= 80 else written[:79] + "…"
