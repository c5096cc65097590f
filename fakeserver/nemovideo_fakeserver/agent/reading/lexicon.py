"""A lexicon finds known things in a text by any of their spellings, English or Chinese.

Law: one pattern, alternatives by length, so that `hip hop` wins over `hip` and a search is linear. A
Latin spelling matches whole words only (and their plural), a Chinese one anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from nemovideo_fakeserver.agent.reading.language import Language, chinese


class Lexicon:
    """Things by name; the spellings of each, parted by `|`, the best English and Chinese ones first."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._spellings = {name: tuple(listed.split("|")) for name, listed in spellings.items()}
        self._names = {s: name for name, listed in self._spellings.items() for s in listed}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern that matches any spelling of anything."""
        longest_first = sorted(self._names, key=len, reverse=True)
        return re.compile("|".join(map(_spelling, longest_first)))

    def find(self, lowered: str) -> tuple[str, ...]:
        """Return the names of what a text in lower case mentions, in order, each once."""
        found = (m[0] for m in self.pattern.finditer(lowered))
        return tuple(dict.fromkeys(self._names.get(f) or self._names[f[:-1]] for f in found))

    def first(self, lowered: str) -> str | None:
        """Return the name of the first thing mentioned."""
        return next(iter(self.find(lowered)), None)

    def label(self, name: str, language: Language) -> str:
        """Return how to call a thing in a language; what is not in the lexicon keeps its name."""
        wanted = (s for s in self._spellings.get(name, ()) if chinese(s) == (language == "zh"))
        return next(wanted, name)


def _spelling(written: str) -> str:
    if chinese(written):
        return re.escape(written)
    return rf"(?<![a-z0-9]){re.escape(written)}s?(?![a-z0-9])"
