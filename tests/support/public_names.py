"""The names that users may count on: what the public modules have in their `__all__`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

MODULES = (
    "nemovideo_client",
    "nemovideo_fakeserver",
    "nemovideo_fakeserver.judge",
    "nemovideo_fakeserver.scenario",
    "nemovideo_fakeserver.verify",
    "nemovideo_proxy",
    "nemovideo_pytest",
    "nemovideo_pytest.machine",
    "nemovideo_pytest.strategies",
)


def resolved(module: str) -> dict[str, object]:
    """Return the public names of a module and what they are; raises AttributeError where one is nothing."""
    found = import_module(module)
    return {name: getattr(found, name) for name in found.__all__}


def filled(module: str) -> ModuleType:
    """Return a module whose public names, imported when first asked for, have all been asked for."""
    found = import_module(module)
    vars(found).update(resolved(module))
    return found


def spoken(module: str) -> Iterator[tuple[str, object]]:
    """Yield what must have a docstring: public functions, classes, and the public methods of these."""
    for name, what in resolved(module).items():
        if inspect.isclass(what):
            yield name, what
            yield from ((f"{name}.{own}", method) for own, method in _methods(what))
        elif inspect.isroutine(what):
            yield name, what


def _methods(class_: type) -> Iterator[tuple[str, object]]:
    """Yield the public methods that a class has from us, not those of what it builds on."""
    ours = [each for each in class_.__mro__ if each.__module__.startswith("nemovideo_")]
    for name in sorted({name for each in ours for name in vars(each) if name[0] != "_"}):
        found = inspect.getattr_static(class_, name)
        if inspect.isroutine(found) or isinstance(found, property):
            yield name, getattr(class_, name)
