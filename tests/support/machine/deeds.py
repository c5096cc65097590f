"""Deeds: what people, and those who steer, do to a fake; as data that can be written down and done again.

A deed is a name and a few small numbers. Numbers name things in order of their making (the session 0, the
render 1), modulo how many there are, and 7 something that there is not: any deed makes sense at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done: `do` is its name, `what` its details, ready for JSON."""

    do: str
    what: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return json.dumps({"do": self.do, **self.what}, ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the deed that is written so."""
        words = json.loads(text)
        return cls(words.pop("do"), words)


NONE = 7


def picked(things: Sequence[T], number: int) -> T | None:
    """Return the thing that a number means: one of those there are, or none of them."""
    return None if number == NONE or not things else things[number % len(things)]
