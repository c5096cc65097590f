"""The text of one document to plain data.

Law: YAML is read as the core of YAML 1.2 says (only `true` and `false` are booleans, a date is a text); no
tags, no aliases, no key twice, and no more of anything than a recording has.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from nemovideo_proxy.cassette.broken import BrokenCassette, to_repair

LARGEST = 64 * 2**20
"""Characters of one document."""

DEEPEST = 64
"""Levels of mappings and lists."""

_TAG = "tag:yaml.org,2002:"
_TEXT = _TAG + "str"
_KINDS: dict[Any, str] = {yaml.MappingNode: _TAG + "map", yaml.SequenceNode: _TAG + "seq"}
_PLAIN: tuple[tuple[str, str, str], ...] = (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        "-+.0123456789",
    ),
)
"""What a scalar without quotes is, and the characters it may begin with; anything else is a text."""

_FORMS: dict[str, list[tuple[str, re.Pattern[str]]]] = {"": [(_TAG + "null", re.compile(""))]}
for _kind, _form, _firsts in _PLAIN:
    for _first in _firsts:
        _FORMS.setdefault(_first, []).append((_TAG + _kind, re.compile(_form)))

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc] # which of the two is known at run time only
    def resolve(self, kind: type, value: str, implicit: Any) -> str:
        """Return the tag of a node that has none."""
        if kind is not yaml.ScalarNode:
            return _KINDS[kind]
        if implicit[0]:
            for tag, form in _FORMS.get(value[:1], ()):
                if form.fullmatch(value):
                    return tag
        return _TEXT


class Text:
    """One document: its text, the file it is from, and the line it begins in."""

    def __init__(self, text: str, path: Path, line: int) -> None:
        self.path = path
        self._line = line
        self._seen: set[int] = set()
        self._root: Any = None
        self.value = self._read(text)

    def broken(self, steps: tuple[str | int, ...], what: str, what_to_do: str) -> BrokenCassette:
        """Return the error for what stands at the end of `steps`, or at the last that is there."""
        node, place = self._root, self._root
        for step in steps:
            if (found := _inside(node).get(step)) is None:
                break
            place, node = found
        line = self._line if place is None else self._at(place.start_mark)
        return BrokenCassette(self.path, line, what, what_to_do)

    def _read(self, text: str) -> Any:
        self._root = self._composed(text)
        return self._value(self._root, 0)

    def _composed(self, text: str) -> Any:
        if len(text) > LARGEST:
            what = f"a document has at most {LARGEST} characters, not {len(text)}"
            raise BrokenCassette(self.path, self._line, what, "keep what is large in a file")
        try:
            loader = _Loader(text)
        except yaml.YAMLError as problem:  # the loader in Python reads at once
            raise self._unreadable(problem, 0) from None
        try:
            return loader.get_single_node()
        except yaml.YAMLError as problem:
            raise self._unreadable(problem, text.rstrip("\n").count("\n")) from None
        except RecursionError:
            what = f"this is more than {DEEPEST} levels deep"
            raise BrokenCassette(self.path, self._line, what, to_repair(self.path)) from None
        finally:
            loader.dispose()

    def _unreadable(self, problem: yaml.YAMLError, last: int) -> BrokenCassette:
        mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
        said = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "unreadable"
        line = self._line if mark is None else min(self._at(mark), self._line + last)
        return BrokenCassette(self.path, line, f"this is no YAML: {said}", to_repair(self.path))

    def _at(self, mark: Any) -> int:
        return self._line + int(mark.line)

    def _refuse(self, node: Any, what: str) -> BrokenCassette:
        return BrokenCassette(
            self.path, self._at(node.start_mark), what, "a cassette has plain values only"
        )

    def _value(self, node: Any, depth: int) -> Any:
        if node is None:
            return None
        if id(node) in self._seen:
            raise self._refuse(node, "an alias stands for this")
        self._seen.add(id(node))
        if depth > DEEPEST:
            raise self._refuse(node, f"this is more than {DEEPEST} levels deep")
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag == _TEXT else self._scalar(node)
        if node.tag not in (_TAG + "map", _TAG + "seq"):
            raise self._refuse(node, f"{node.tag} is a tag")
        if isinstance(node, yaml.SequenceNode):
            return [self._value(inner, depth + 1) for inner in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: Any, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, inner in node.value:
            key = self._value(key_node, depth) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                raise self._refuse(key_node, "a key is a text; put it in quotes")
            if key in made:
                raise self._refuse(key_node, f"`{key[:60]}` stands here twice")
            made[key] = self._value(inner, depth + 1)
        return made

    def _scalar(self, node: Any) -> Any:
        text = node.value
        match node.tag.removeprefix(_TAG):
            case "int":
                return self._whole(node)
            case "float" if abs(number := float(text)) != float("inf"):
                return number
            case "bool":
                return text.lower() == "true"
            case "null":
                return None
        raise self._refuse(node, f"`{text[:60]}` is no value ({node.tag})")

    def _whole(self, node: Any) -> int:
        try:
            return int(node.value)
        except ValueError:
            raise self._refuse(node, "this number is too long") from None


def _inside(node: Any) -> dict[str | int, tuple[Any, Any]]:
    """Return what is inside a node: for each step the node to point at, and the one to go on from."""
    if isinstance(node, yaml.MappingNode):
        return {
            key.value: (key, inner) for key, inner in node.value if isinstance(key, yaml.ScalarNode)
        }
    if isinstance(node, yaml.SequenceNode):
        return {number: (inner, inner) for number, inner in enumerate(node.value)}
    return {}
