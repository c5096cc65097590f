"""What every part of a scenario is, and how its keys describe themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct

from nemovideo_fakeserver.core.faults.unknown import hint, shown
from nemovideo_fakeserver.scenario.broken import Path, Wrong
from nemovideo_fakeserver.scenario.units import Instant, Millis, Seconds

Json: TypeAlias = dict[str, Any]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping with these keys and no others; each says for itself that it is frozen and kw_only."""


def says(text: str, **limits: Any) -> Meta:
    """Return what an editor shows of a key, and the limits of its value."""
    return Meta(description=text, **limits)


Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=200)]
Text: TypeAlias = Annotated[str, Meta(min_length=1)]
Count: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000)]
Credits: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000)]

__all__ = [
    "Count",
    "Credits",
    "Instant",
    "Json",
    "Millis",
    "Name",
    "Part",
    "Seconds",
    "Text",
    "says",
]


def one_of(part: Part, keys: Iterable[str], what: str) -> str:
    """Return the one of `keys` that `part` has; raises `Wrong` when it has none or several."""
    legal = tuple(keys)
    had = [key for key in legal if getattr(part, attribute(key)) is not None]
    if len(had) != 1:
        found = f"not {' and '.join(had)} at once" if had else "and this one has none"
        path: Path = (had[-1],) if had else ()
        raise Wrong(f"{what} has one of {', '.join(legal)}, {found}", path)
    return had[0]


def attribute(key: str) -> str:
    """Return the attribute in which a key is kept, which Python's own words cannot name."""
    return f"{key}_" if key in ("in", "break") else key


def declared(word: str, legal: Iterable[str], what: str, path: Path) -> None:
    """Raise `Wrong` unless `word` is one of the names that the scenario declares."""
    names = list(legal)
    if word in names:
        return
    there = hint(word, names) if names else f"no {what} is declared in this scenario"
    raise Wrong(f"no {what} is called {shown(word)}; {there}", path)
