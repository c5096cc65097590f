"""What a JSON value is made of, and in what two of them differ.

The law: values are volatile, their shape is not. A shape knows the kinds a value may be of, the fields of
objects, and of arrays the union of their elements; an array without any says nothing of them. An object
whose keys are ids is an array with names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_NAME = re.compile(r"[A-Za-z_][\w-]*")

_ID = re.compile(r"[0-9a-f]{16,}|[0-9a-f-]{32,}|[0-9]{8,}|[a-z]+_[0-9a-f]{8,}", re.IGNORECASE)

How: TypeAlias = Literal["missing", "extra", "type"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value, or each of several values at one place, may be."""

    kinds: frozenset[str]
    fields: Mapping[str, Shape] = field(default_factory=lambda: MappingProxyType({}))
    items: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """At `path`, what was recorded and what is there now, in words."""

    path: str
    how: How
    recorded: str
    now: str


def shape_of(value: Any) -> Shape:
    """Return the shape of a JSON value."""
    match value:
        case dict() if value and all(map(_ID.fullmatch, value)):
            return Shape(frozenset(("object",)), items=reduce(union, map(shape_of, value.values())))
        case dict():
            fields = {key: shape_of(inner) for key, inner in value.items()}
            return Shape(frozenset(("object",)), fields)
        case list():
            items = reduce(union, map(shape_of, value)) if value else None
            return Shape(frozenset(("array",)), items=items)
        case _:
            return Shape(frozenset((_kind(value),)))


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case _:
            return _kind_of_text(value)


def _kind_of_text(text: str) -> str:
    if _URL.fullmatch(text):
        return "URL"
    return "time" if _TIME.fullmatch(text) else "text"


def union(one: Shape, other: Shape) -> Shape:
    """Return the shape of what is either."""
    keys = [*one.fields, *(key for key in other.fields if key not in one.fields)]
    fields = {key: _either(one.fields.get(key), other.fields.get(key)) for key in keys}
    items = _either(one.items, other.items) if one.items or other.items else None
    return Shape(one.kinds | other.kinds, fields, items)


def _either(one: Shape | None, other: Shape | None) -> Shape:
    if one is None or other is None:
        found = one or other
        assert found is not None
        return found
    return union(one, other)


def paths(shape: Shape) -> int:
    """Return how many places a shape has."""
    inside = sum(paths(inner) for inner in shape.fields.values())
    return 1 + inside + (paths(shape.items) if shape.items else 0)


def differences(recorded: Shape, now: Shape, path: str = "$") -> Iterator[Difference]:
    """Yield in what `now` is not as `recorded`; kinds that no longer occur at a place are no difference."""
    if now.kinds - recorded.kinds:
        yield Difference(path=path, how="type", recorded=_said(recorded), now=_said(now))
    if "object" in recorded.kinds & now.kinds:
        yield from _fields(recorded, now, path)
    if recorded.items and now.items:
        inside = "[]" if "array" in recorded.kinds else "{}"
        yield from differences(recorded.items, now.items, path + inside)


def _fields(recorded: Shape, now: Shape, path: str) -> Iterator[Difference]:
    for key, inner in recorded.fields.items():
        place = path + step(key)
        if key in now.fields:
            yield from differences(inner, now.fields[key], place)
        else:
            yield Difference(path=place, how="missing", recorded=_said(inner), now="nothing")
    for key in now.fields.keys() - recorded.fields.keys():
        said = _said(now.fields[key])
        yield Difference(path=path + step(key), how="extra", recorded="nothing", now=said)


def step(key: str) -> str:
    """Return the part of a JSON path that leads to `key`."""
    return f".{key}" if _NAME.fullmatch(key) else f"[{json.dumps(key, ensure_ascii=False)}]"


def _said(shape: Shape) -> str:
    return " or ".join(sorted(shape.kinds))
