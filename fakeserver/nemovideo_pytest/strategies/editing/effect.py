"""What an edit is to bring about: a question to two drafts, before and after.

Law: an effect is plain data, so that it can be printed, written to a file and read again (`words`, `read`),
and it never asks who did the edit, nor how.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from nemovideo_pytest.strategies.drafting import Draft

_KINDS: dict[str, type[Effect]] = {}
"""All kinds of effect by name."""


@dataclass(frozen=True, kw_only=True)
class Effect(ABC):
    """Something that must be so after an edit. Each kind of effect is a subclass with plain fields."""

    def __init_subclass__(cls) -> None:
        _KINDS[cls.__name__] = cls

    @abstractmethod
    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield a sentence for each thing that is not as it was asked for."""

    def holds(self, before: Draft, after: Draft) -> bool:
        """Say whether the edit has had its effect."""
        return next(self.misses(before, after), None) is None

    def check(self, before: Draft, after: Draft) -> None:
        """Raise an AssertionError that says all that is not as it was asked for."""
        missed = list(self.misses(before, after))
        if missed:
            raise AssertionError("; ".join(missed))

    def __str__(self) -> str:
        """Return the effect in a few words: its kind, and what segments it is about."""
        said = (getattr(self, f.name) for f in fields(self) if f.name in ("kind", "kinds"))
        about = (kind if isinstance(kind, str) else " ".join(kind) for kind in said)
        return " ".join((type(self).__name__.lower(), *about))

    def words(self) -> dict[str, Any]:
        """Return the effect as plain data, ready for JSON and YAML."""
        said = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        return {"effect": type(self).__name__, **said}


def read(words: Mapping[str, Any]) -> Effect:
    """Return the effect that `Effect.words` has spelled; raises ValueError for one that does not exist."""
    name = words.get("effect")
    if name not in _KINDS:
        raise ValueError(f"no effect is called {name!r}; there are: {', '.join(_KINDS)}")
    told = {key: _value(value) for key, value in words.items() if key != "effect"}
    return _KINDS[name](**told)


def _plain(value: Any) -> Any:
    if isinstance(value, Effect):
        return value.words()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(each) for each in value)
    return read(value) if isinstance(value, Mapping) and "effect" in value else value


@dataclass(frozen=True, kw_only=True)
class All(Effect):
    """Several effects at once."""

    effects: tuple[Effect, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.effects))

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield what any of them misses."""
        for effect in self.effects:
            yield from effect.misses(before, after)


@dataclass(frozen=True, kw_only=True)
class Untouched(Effect):
    """Nothing changes: what a question brings about, or thanks."""

    def misses(self, before: Draft, after: Draft) -> Iterator[str]:
        """Yield a sentence if anything differs."""
        if before != after:
            yield f"nothing was to change, and {before} became {after}"
