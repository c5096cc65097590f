"""What a query may say in the place of a value.

A text stands for itself, or between slashes for a regular expression that is searched for:
`"/^Make/"`. A text that itself begins and ends with a slash is written `Equal("/x/")`. A mapping asks
for the keys it names and leaves the others open, a list for as many elements, each as told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from nemovideo_fakeserver.verify.malformed import QueryMalformed
from nemovideo_fakeserver.verify.plain import plain, shown


class Mark(Enum):
    """`ANY` leaves a value open; `ABSENT` asks that there be none."""

    ANY = "anything"
    ABSENT = "absent"


ANY = Mark.ANY
ABSENT = Mark.ABSENT


@dataclass(frozen=True, slots=True, init=False)
class Contains:
    """A list in which each of `items` is found, in any order and among others."""

    items: tuple[Any, ...]

    def __init__(self, *items: Any) -> None:
        object.__setattr__(self, "items", items)


@dataclass(frozen=True, slots=True)
class Equal:
    """Exactly this JSON value: no key more, and slashes are slashes."""

    value: Any


Text: TypeAlias = str | re.Pattern[str] | Equal | Mark | None
"""A text, a regular expression (compiled or between slashes), or None: there is none."""


def regex(pattern: str | re.Pattern[str]) -> re.Pattern[str] | None:
    """Return the regular expression a text stands for, None where it stands for itself."""
    if isinstance(pattern, re.Pattern):
        return pattern
    if len(pattern) < 3 or not pattern.startswith("/") or not pattern.endswith("/"):
        return None
    try:
        return re.compile(pattern[1:-1])
    except re.error as error:
        raise QueryMalformed(
            f"{shown(pattern)} is no regular expression ({error}); mend it, or leave the slashes out."
        ) from None


def check(pattern: Any) -> None:
    """Read every regular expression inside `pattern`; raises `QueryMalformed`."""
    match pattern:
        case str():
            regex(pattern)
        case Contains():
            check(pattern.items)
        case Mapping():
            check(tuple(pattern.values()))
        case list() | tuple():
            for inner in pattern:
                check(inner)


def told(pattern: Any, *, around: int = 0) -> str:
    """Return a pattern as a sentence shows it; of a long text, the part near `around`."""
    match pattern:
        case Mark():
            return str(pattern.value)
        case re.Pattern():
            return f"/{plain(pattern.pattern)}/"
        case Equal():
            return shown(pattern.value, around=around)
        case Contains():
            return f"something with {', '.join(map(told, pattern.items))}"
        case str() if regex(pattern) is not None:
            return plain(pattern)
    return shown(_data(pattern), around=around)


def _data(pattern: Any) -> Any:
    match pattern:
        case Mapping():
            return {str(key): _data(value) for key, value in pattern.items()}
        case list() | tuple():
            return [_data(inner) for inner in pattern]
        case Mark() | re.Pattern() | Contains() | Equal():
            return told(pattern)
    return pattern
