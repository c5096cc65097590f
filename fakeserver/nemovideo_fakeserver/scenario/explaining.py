"""From what msgspec says of data that do not fit to a sentence a person can act on.

msgspec says where (`$.turns[0].when`) and that something is wrong. What would be right is read from
the types of the model, so that it cannot differ from what they ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from nemovideo_fakeserver.core.faults.unknown import hint, shown
from nemovideo_fakeserver.scenario.broken import Path, ScenarioBroken, Wrong, spelled
from nemovideo_fakeserver.scenario.model.scenario import Scenario
from nemovideo_fakeserver.scenario.nodes import Node

_PLACE = re.compile(r" - at `\$([^`]*)`$")
_STEP = re.compile(r"\.([A-Za-z_]+)|\[([0-9]+)\]")


def explained(
    problem: msgspec.ValidationError, root: Node, name: str, model: type = Scenario
) -> ScenarioBroken:
    """Return the error for what msgspec found in the tree under `root`, which should have been a `model`."""
    path = _path(str(problem))
    cause = problem.__cause__
    if isinstance(cause, Wrong):
        path, sentence = (*path, *cause.path), str(cause)
    elif isinstance(cause, ValueError):
        sentence = str(cause)
    else:
        path, sentence = _sentence(path, root.at(path).value, model)
    return ScenarioBroken(sentence, name=name, line=root.at(path).line or None, path=spelled(path))


def _path(said: str) -> Path:
    place = _PLACE.search(said)
    steps = _STEP.findall(place[1]) if place else ()
    return tuple(key or int(number) for key, number in steps)


def _sentence(path: Path, value: Any, model: type) -> tuple[Path, str]:
    """Return where exactly something is wrong, and what."""
    here = list(_at(path, model))
    whole = f"a {model.__name__.lower()}"
    what = path[-1] if path and isinstance(path[-1], str) else spelled(path) or whole
    for kind in here:
        if isinstance(kind, inspect.StructType) and isinstance(value, dict):
            return _misfit(path, what, kind, value)
    return path, _unfit(what, here, value)


def _misfit(
    path: Path, what: str | int, kind: inspect.StructType, value: dict[str, Any]
) -> tuple[Path, str]:
    """A mapping that has a key too many, or one too few."""
    legal = [field.encode_name for field in kind.fields]
    for key in value:
        if key not in legal:
            return (*path, key), f"{what} has no key {shown(key)}; {hint(key, legal)}"
    missing = [f.encode_name for f in kind.fields if f.required and f.encode_name not in value]
    return path, f"{what} needs {' and '.join(missing)}"


def _unfit(what: str | int, kinds: list[Any], value: Any) -> str:
    """A value that is none of what may stand there."""
    words = [word for kind in kinds for word in _words(kind)]
    if isinstance(value, str) and words:
        return f"{what} cannot be {shown(value)}; {hint(value, words)}"
    legal = " or ".join(dict.fromkeys(filter(None, map(_described, kinds))))
    quotes = any(isinstance(kind, inspect.StrType) for kind in kinds)
    scalar = isinstance(value, bool | int | float)
    return f"{what} is {legal}, not {shown(value)}" + (
        "; put it in quotes to make it a text" if quotes and scalar else ""
    )


@cache
def _info(model: type) -> inspect.Type:
    return inspect.type_info(model)


def _at(path: Path, model: type) -> Iterator[Any]:
    """Yield what may stand at the end of `path`."""
    kinds = list(_flat(_info(model)))
    for step in path:
        kinds = [one for kind in kinds for inner in _inside(kind, step) for one in _flat(inner)]
    yield from kinds


def _flat(kind: Any) -> Iterator[Any]:
    if isinstance(kind, inspect.Metadata):
        yield from _flat(kind.type)
    elif isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _flat(one)
    else:
        yield kind


def _inside(kind: Any, step: str | int) -> Iterator[Any]:
    match kind:
        case inspect.StructType() if isinstance(step, str):
            yield from (field.type for field in kind.fields if field.encode_name == step)
        case inspect.VarTupleType() if isinstance(step, int):
            yield kind.item_type
        case inspect.TupleType() if isinstance(step, int):
            yield kind.item_types[step]


def _words(kind: Any) -> Iterator[str]:
    """Yield the words that may stand there."""
    if isinstance(kind, inspect.LiteralType):
        yield from (value for value in kind.values if isinstance(value, str))


def _described(kind: Any) -> str:
    """Say what may stand there, or nothing for what speaks for itself."""
    describe = _DESCRIBED.get(type(kind))
    return describe(kind) if describe else ""


def _text(kind: inspect.StrType) -> str:
    most = f" of at most {kind.max_length} characters" if kind.max_length else ""
    return f"a text{most}" + (" that is not empty" if kind.min_length else "")


def _number(kind: inspect.IntType | inspect.FloatType) -> str:
    said = "a whole number" if isinstance(kind, inspect.IntType) else "a number"
    if kind.multiple_of == 2:
        said = "an even number"
    least = f" from {kind.ge}" if kind.ge is not None else ""
    return said + least + (f" to {kind.le}" if kind.le is not None else "")


def _literal(kind: inspect.LiteralType) -> str:
    return " or ".join("true" if value is True else str(value) for value in kind.values)


_DESCRIBED: dict[type, Callable[[Any], str]] = {
    inspect.StrType: _text,
    inspect.BoolType: lambda _: "true or false",
    inspect.IntType: _number,
    inspect.FloatType: _number,
    inspect.LiteralType: _literal,
    inspect.StructType: lambda kind: (
        f"a mapping of {', '.join(f.encode_name for f in kind.fields)}"
    ),
    inspect.VarTupleType: lambda kind: "a list of one or more" if kind.min_length else "a list",
    inspect.TupleType: lambda kind: f"a list of {len(kind.item_types)}",
    inspect.DictType: lambda _: "a mapping",
}
