"""Everything a world is but its journal, as a value that can be compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.world import World

_PARTS = ("accounts", "sessions", "chat", "uploads", "renders")


def snapshot(world: World) -> tuple[Any, ...]:
    """Return the whole domain of `world` and its time; equal before and after what changed nothing."""
    known: dict[int, int] = {}
    parts = [_seen(getattr(world, part), known) for part in _PARTS]
    return (world.setting.clock.now(), world.setting.clock.rate, *parts)


def _seen(thing: object, known: dict[int, int]) -> object:
    """Return what `thing` is made of; what was seen already is named by its number."""
    if isinstance(thing, Setting):
        return None
    if isinstance(thing, Mapping):
        return [(_seen(key, known), _seen(value, known)) for key, value in thing.items()]
    if isinstance(thing, Collection) and not isinstance(thing, str | bytes):
        return [_seen(member, known) for member in thing]
    if not type(thing).__module__.startswith("nemovideo_fakeserver.core."):
        return thing
    if id(thing) in known:
        return known[id(thing)]
    known[id(thing)] = len(known)
    return type(thing).__name__, [
        (name, _seen(getattr(thing, name), known)) for name in _fields(thing)
    ]


def _fields(thing: object) -> list[str]:
    slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
    return [*slots, *getattr(thing, "__dict__", ())]
