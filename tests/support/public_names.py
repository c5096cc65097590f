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
    for name in dir(class_):
        found = inspect.getattr_static(class_, name)
        is_method = inspect.isroutine(found) or isinstance(found, property)
        if is_method and not name.startswith("_"):
            yield name, getattr(class_, name)
