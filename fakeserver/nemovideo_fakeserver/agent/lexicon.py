"""A lexicon finds known things in a text by any of their spellings, English or Chinese.

Law: one pattern, alternatives by length, so that `hip hop` wins over `hip` and a search is linear. A
Latin spelling matches whole words only (and their plural), a Chinese one anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from nemovideo_fakeserver.agent.language import Language, chinese


class Lexicon:
    """Things by name; the spellings of each, parted by `|`, the best English and Chinese ones first."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._spellings = {name: tuple(listed.split("|")) for name, listed in spellings.items()}
        self._names = {s: name for name, listed in self._spellings.items() for s in listed}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern that matches any spelling of anything."""
        longest_first = sorted(self._names, key=len, reverse=True)
        latin = "|".join(re.escape(s) for s in longest_first if not chinese(s))
        han = "|".join(re.escape(s) for s in longest_first if chinese(s))
        return re.compile(rf"(?<![a-z0-9])({latin or '(?!)'})s?(?![a-z0-9])|({han or '(?!)'})")

    def find(self, low: str) -> tuple[str, ...]:
        """Return the names of what a text in lower case mentions, in order, each once."""
        found = (self._names[m.group(1) or m.group(2)] for m in self.pattern.finditer(low))
        return tuple(dict.fromkeys(found))

    def first(self, low: str) -> str | None:
        """Return the name of the first thing mentioned."""
        return next(iter(self.find(low)), None)

    def label(self, name: str, language: Language) -> str:
        """Return how to call a thing in a language."""
        wanted = (s for s in self._spellings[name] if chinese(s) == (language == "zh"))
        return next(wanted, name)
