"""Rules in a file: YAML, or Python where functions are needed."""

from __future__ import annotations

import runpy
import traceback
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

_FILTERS = ("filter_headers", "filter_query_parameters", "filter_post_data_parameters")
_FUNCTIONS = ("before_record_request", "before_record_response")
_FLAGS = ("keep_undecodable",)
_WORDS = ("secrets", "patterns")
_NAMES = (*_FILTERS, *_FUNCTIONS, *_WORDS, *_FLAGS)


class BadRules(Exception):
    """A file of rules is wrong; says where, what, and what to write instead."""


def read_rules(path: Path) -> dict[str, Any]:
    """Return the rules of a file by name; raises BadRules."""
    return _from_python(path) if path.suffix == ".py" else _from_yaml(path)


def _from_python(path: Path) -> dict[str, Any]:
    try:
        path.open("rb").close()
    except OSError as problem:
        raise BadRules(f"{path}: {problem.strerror}") from None
    try:
        said = runpy.run_path(str(path))
    except Exception as problem:
        line = _line(path, problem)
        raise BadRules(f"{path}:{line}: {type(problem).__name__}: {problem}") from problem
    given = {name: value for name, value in said.items() if name in _NAMES}
    if not given:
        raise BadRules(f"{path}: sets none of {', '.join(_NAMES)}")
    return {name: tuple(v) if isinstance(v, list) else v for name, v in given.items()}


def _line(path: Path, problem: Exception) -> int:
    """Return the line of the file on which it went wrong; what it called may lie elsewhere."""
    if isinstance(problem, SyntaxError) and problem.filename == str(path):
        return problem.lineno or 1
    frames = traceback.extract_tb(problem.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == str(path)), 1)


def _from_yaml(path: Path) -> dict[str, Any]:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as problem:
        raise BadRules(f"{path}: {problem.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BadRules(f"{path}:{mark.line + 1 if mark else 1}: this is no YAML") from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise BadRules(f"{path}:1: rules are a mapping of {', '.join(_NAMES)}")
    return dict(_rule(path, key, value) for key, value in node.value)


def _rule(path: Path, key: yaml.Node, value: yaml.Node) -> tuple[str, Any]:
    name = str(key.value)
    where = f"{path}:{key.start_mark.line + 1}"
    if name in _FUNCTIONS:
        raise BadRules(f"{where}: {name} is a function: write the rules in a .py file")
    if name not in _NAMES:
        near = get_close_matches(name, [n for n in _NAMES if n not in _FUNCTIONS], 1, 0.5)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(_NAMES)}"
        raise BadRules(f"{where}: no rule is called {name!r}{hint}")
    plain = _plain(value)
    if name in _FLAGS:
        if not isinstance(plain, bool):
            raise BadRules(f"{where}: {name} is true or false")
        return name, plain
    if not isinstance(plain, list):
        raise BadRules(f"{where}: {name} is a list")
    read = _word if name in _WORDS else _filter
    return name, tuple(
        read(f"{path}:{n.start_mark.line + 1}", name, _plain(n)) for n in value.value
    )


def _plain(node: yaml.Node) -> Any:
    return yaml.safe_load(yaml.serialize(node))


def _word(where: str, name: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise BadRules(f"{where}: {name} are strings: put it in quotes")
    return value


def _filter(where: str, name: str, value: Any) -> Any:
    """Read `name`, `[name, replacement]` or `name: replacement`."""
    match value:
        case str():
            return value
        case [str() as named, (str() | None) as instead]:
            return named, instead
        case dict() if len(value) == 1:
            ((named, instead),) = value.items()
            if isinstance(named, str) and (instead is None or isinstance(instead, str)):
                return named, instead
    raise BadRules(f"{where}: {name} holds names, or pairs of a name and what it says instead")
