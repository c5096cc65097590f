"""What of a world must outlive its process, as a value that can be compared; and restarts without an end."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.account import Account, Token
from nemovideo_fakeserver.core.limits import Window
from nemovideo_fakeserver.core.render import Render
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.world import World
from nemovideo_pytest.darkroom import Darkroom
from support.script import script

PARTS = ("accounts", "sessions", "chat", "uploads", "renders", "faults")
PASSING = {"job", "before", "unlike", "_places"}
"""What ends with the process: the making of films, what only the reader of a stream asks for, and hints."""


def lasting(world: World) -> dict[str, Any]:
    """Return all that lasts of a world; what it is made of, wherever that is kept."""
    clock, setting = world.setting.clock, world.setting
    looking = _Looking(clock.now())
    return {
        "name": world.name,
        "seed": setting.chance.path,
        "time": (clock.now(), clock.rate),
        "variants": setting.variants,
        "runs": world.request_ids.runs,
        **{part: looking.into(getattr(world, part)) for part in PARTS},
    }


class _Looking:
    """Looks into things at one moment."""

    def __init__(self, now: float) -> None:
        self._now = now

    def into(self, thing: object) -> object:
        """Return what a part of a world is made of; entities are named there, and looked into beside it."""
        own = self._fields(thing)
        entities = {
            self._named(one): self._fields(one)
            for found in vars(thing).values()
            if isinstance(found, Mapping)
            for one in found.values()
            if isinstance(one, Account | Session | Token | Render)
        }
        return own, entities

    def _seen(self, thing: object) -> object:
        if isinstance(thing, Account | Session | Token | Render):
            return self._named(thing)
        if isinstance(thing, Window):
            return self._window(thing)
        if isinstance(thing, Mapping):
            return {key: self._seen(value) for key, value in thing.items()}
        if isinstance(thing, Collection) and not isinstance(thing, str | bytes):
            return [self._seen(member) for member in thing]
        return self._leaf(thing)

    def _leaf(self, thing: object) -> object:
        if isinstance(thing, Setting):
            return None
        if isinstance(thing, Path):
            return thing.name
        if type(thing).__module__.startswith("nemovideo_fakeserver.core."):
            return type(thing).__name__, self._fields(thing)
        return type(thing).__name__ if hasattr(thing, "__dict__") or callable(thing) else thing

    def _fields(self, thing: object) -> dict[str, object]:
        slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
        names = [name for name in (*slots, *getattr(thing, "__dict__", ())) if name not in PASSING]
        fields = {name: getattr(thing, name) for name in names}
        if "_agenda" in fields:  # a heap has many orders
            fields["_agenda"] = sorted(fields["_agenda"], key=lambda due: due[:2])
        return {name: self._seen(value) for name, value in fields.items()}

    def _named(self, thing: object) -> tuple[str, ...]:
        match thing:
            case Account():
                return "account", thing.uid
            case Session():
                return "session", thing.id
            case Token():
                return "token", thing.value
            case Render():
                return "render", thing.account.uid, thing.id
        raise AssertionError(thing)

    def _window(self, window: Window) -> object:
        seen = {
            key: sorted(at for at in times if at + window.seconds > self._now)
            for key, times in window._seen.items()
        }
        return window.limit, window.seconds, {key: times for key, times in seen.items() if times}


@contextmanager
def killed(fake: Fake, folder: Path) -> Iterator[Fake]:
    """Begin another fake with what a kill of this one would leave behind, at this moment."""
    state = fake.options.state
    assert state is not None
    copy = folder / "after.db"
    for suffix in ("", "-wal", ".files"):
        source, target = Path(f"{state}{suffix}"), Path(f"{copy}{suffix}")
        shutil.rmtree(target, ignore_errors=True)
        target.unlink(missing_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copyfile(source, target)
    options = replace(fake.options, state=copy)
    with Fake(options, agent=script, studio=Darkroom()) as after:
        yield after


def differences(left: object, right: object, path: str = "") -> Iterator[str]:
    """Yield where two such values differ, a line each."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in [*left, *(key for key in right if key not in left)]:
            yield from differences(left.get(key, "-"), right.get(key, "-"), f"{path}.{key}")
    elif (
        isinstance(left, list | tuple)
        and isinstance(right, list | tuple)
        and len(left) == len(right)
    ):
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif left != right:
        yield f"{path}: {left!r} is not {right!r}"
