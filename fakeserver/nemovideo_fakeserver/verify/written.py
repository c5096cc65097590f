"""A query written as plain JSON data.

The words with a dollar stand for what JSON has no form for: `{"$contains": [...]}`,
`{"$equals": ...}`, `{"$absent": true}`; `{"fact": 12}` is a place in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.verify.malformed import QueryMalformed, no_such
from nemovideo_fakeserver.verify.patterns import ABSENT, Contains, Equal
from nemovideo_fakeserver.verify.plain import shown

_WORDS = ("$absent", "$contains", "$equals")


@dataclass(frozen=True, slots=True)
class Nth:
    """The fact with this number, as a place in the journal."""

    number: int


def pattern(value: Any) -> Any:
    """Return JSON data as a pattern, its words with a dollar turned into what they stand for."""
    if isinstance(value, list):
        return [pattern(inner) for inner in value]
    if not isinstance(value, Mapping):
        return value
    word = next((key for key in value if str(key).startswith("$")), None)
    if word is None:
        return {key: pattern(inner) for key, inner in value.items()}
    return _meaning(word, value)


def place(key: str, value: Any) -> float | Nth:
    """Return where `after` or `before` points to."""
    if isinstance(value, Mapping) and set(value) == {"fact"} and type(value["fact"]) is int:
        return Nth(value["fact"])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise QueryMalformed(
        f'{key} is virtual seconds since the Unix epoch or {{"fact": 12}}, not {shown(value)}.'
    )


def _meaning(word: str, value: Mapping[str, Any]) -> Any:
    match value:
        case {"$contains": list(items), **others} if not others:
            return Contains(*map(pattern, items))
        case {"$equals": exact, **others} if not others:
            return Equal(exact)
        case {"$absent": True, **others} if not others:
            return ABSENT
    if word not in _WORDS:
        raise no_such("a pattern has no", word, _WORDS)
    raise QueryMalformed(
        f"{shown(value)} is no pattern: {word} stands alone, as in"
        ' {"$contains": [...]}, {"$equals": ...} or {"$absent": true}.'
    )
