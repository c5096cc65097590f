"""Changing the fake while it runs: attributes, items and rows of its route table, each put back by `undo`.

Law: nothing is added, only replaced. A target that is not there any more is `Gone`: the mutant that
wanted it needs a new one, and must never count as caught.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, MutableMapping
from functools import wraps
from typing import Any

from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.api.routes import ROUTES

FAKE = "nemovideo_fakeserver"


class Gone(LookupError):
    """The fake has no longer what a mutant changes."""


class Surgery:
    """One operation on the fake; targets are dotted paths below its package, such as `api.auth.success`."""

    def __init__(self) -> None:
        self._undoing: list[Callable[[], None]] = []

    def value(self, target: str) -> Any:
        """Return what is there now; raises `Gone`."""
        owner, name = _owner(target)
        return vars(owner)[name]

    def replace(self, target: str, value: Any) -> None:
        """Put another value in the place of one; raises `Gone`."""
        owner, name = _owner(target)
        before = vars(owner)[name]
        setattr(owner, name, value)
        self._undoing.append(lambda: setattr(owner, name, before))

    def wrap(self, target: str, around: Callable[..., Any]) -> None:
        """Let `around` be called instead of a function, with the function first; raises `Gone`."""
        self.replace(target, _wrapped(self.value(target), around))

    def item(self, target: str, key: Any, value: Any) -> None:
        """Put another value under a key of a dictionary; raises `Gone`."""
        mapping: MutableMapping[Any, Any] = self.value(target)
        if key not in mapping:
            raise Gone(f"{target} has no {key!r}")
        before = mapping[key]
        mapping[key] = value
        self._undoing.append(lambda: mapping.update({key: before}))

    def row(self, name: str, **columns: Any) -> None:
        """Change columns of a row of the route table; raises `Gone`."""
        row = _row(name)
        before = {column: getattr(row, column) for column in columns}
        _write(row, columns)
        self._undoing.append(lambda: _write(row, before))

    def handler(self, name: str, around: Callable[..., Any]) -> None:
        """Let `around` be called instead of the handler of a route, with the handler first; raises `Gone`."""
        self.row(name, handler=_wrapped(_row(name).handler, around))

    def undo(self) -> None:
        """Put everything back, the last change first."""
        while self._undoing:
            self._undoing.pop()()


def _owner(target: str) -> tuple[Any, str]:
    """Return what holds the last name of a dotted path: a module or a class."""
    *path, name = target.split(".")
    owner: Any = importlib.import_module(FAKE)
    where = FAKE
    for step in path:
        where += f".{step}"
        try:
            owner = importlib.import_module(where)
        except ModuleNotFoundError:
            owner = vars(owner).get(step)
    if owner is None or name not in vars(owner):
        raise Gone(f"the fake has no {target}")
    return owner, name


def _row(name: str) -> Route:
    for row in ROUTES:
        if row.name == name:
            return row
    raise Gone(f"the fake has no route {name}")


def _write(row: Route, columns: dict[str, Any]) -> None:
    for column, value in columns.items():
        object.__setattr__(row, column, value)  # a row is frozen, and the router holds on to it


def _wrapped(original: Callable[..., Any], around: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def instead(*args: Any, **named: Any) -> Any:
        return around(original, *args, **named)

    return instead
