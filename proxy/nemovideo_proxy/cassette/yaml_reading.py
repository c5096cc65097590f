"""The text of one document to plain data.

Law: YAML is read as the core of YAML 1.2 says (only `true` and `false` are booleans, a date is a text); no
tags, no aliases, no key twice, and no more of anything than a recording has.
"""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from nemovideo_proxy.cassette.broken import BrokenCassette, to_repair

LARGEST = 64 * 2**20
"""Characters of one document."""

DEEPEST = 64
"""Levels of mappings and lists."""

_TAG = "tag:yaml.org,2002:"
_TEXT = _TAG + "str"
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

_NO_TAG = (None, "!")
_OF_KIND: dict[Any, tuple[str | None, ...]] = {
    MappingStartEvent: (*_NO_TAG, _TAG + "map"),
    SequenceStartEvent: (*_NO_TAG, _TAG + "seq"),
}
"""The tags that change nothing."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text:
    """One document: its text, the file it is from, and the line it begins in.

    `value` is made of the events of the parser; the tree of nodes, which costs as much again, is made only
    where something is to be pointed at.
    """

    def __init__(self, text: str, path: Path, line: int) -> None:
        self.path = path
        self._line = line
        self._text = text
        self._named: dict[str, Any] = {}
        if len(text) > LARGEST:
            what = f"a document has at most {LARGEST} characters, not {len(text)}"
            raise BrokenCassette(self.path, self._line, what, "keep what is large in a file")
        try:
            self.value = self._read()
        except yaml.YAMLError as problem:
            raise self._unreadable(problem, text.rstrip("\n").count("\n")) from None
        except RecursionError:
            what = f"this is more than {DEEPEST} levels deep"
            raise BrokenCassette(self.path, self._line, what, to_repair(self.path)) from None

    def broken(self, steps: tuple[str | int, ...], what: str, what_to_do: str) -> BrokenCassette:
        """Return the error for what stands at the end of `steps`, or at the last that is there."""
        node = place = self._nodes()
        for step in steps:
            if (found := _inside(node).get(step)) is None:
                break
            place, node = found
        line = self._line if place is None else self._at(place.start_mark)
        return BrokenCassette(self.path, line, what, what_to_do)

    def _nodes(self) -> Any:
        return yaml.compose(self._text, Loader=_Loader)

    def _read(self) -> Any:
        loader = _Loader(self._text)
        self._next = loader.get_event
        try:
            self._next()  # the stream begins
            if isinstance(self._next(), StreamEndEvent):
                return None
            value = self._value(self._next(), 0)
            self._next()  # the document ends
            if not isinstance(self._next(), StreamEndEvent):
                self._nodes()  # which says what is wrong with a second document
            return value
        finally:
            loader.dispose()

    def _unreadable(self, problem: yaml.YAMLError, last: int) -> BrokenCassette:
        mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
        said = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "unreadable"
        line = self._line if mark is None else min(self._at(mark), self._line + last)
        return BrokenCassette(self.path, line, f"this is no YAML: {said}", to_repair(self.path))

    def _at(self, mark: Any) -> int:
        return self._line + int(mark.line)

    def _refuse(self, event: Any, what: str) -> BrokenCassette:
        return BrokenCassette(
            self.path, self._at(event.start_mark), what, "a cassette has plain values only"
        )

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if event.anchor is not None:
            self._name(event)
        if depth > DEEPEST:
            raise self._refuse(event, f"this is more than {DEEPEST} levels deep")
        if kind is ScalarEvent:
            return self._scalar(event)
        if event.tag not in _OF_KIND[kind]:
            raise self._refuse(event, f"{event.tag} is a tag")
        return self._list(depth) if kind is SequenceStartEvent else self._mapping(depth)

    def _name(self, event: Any) -> None:
        """Remember what has a name, and refuse whatever stands for it."""
        if type(event) is not AliasEvent and event.anchor not in self._named:
            self._named[event.anchor] = event
            return
        self._nodes()  # which says so if nothing has that name
        raise self._refuse(self._named[event.anchor], "an alias stands for this")

    def _list(self, depth: int) -> list[Any]:
        made: list[Any] = []
        while type(event := self._next()) is not SequenceEndEvent:
            made.append(self._value(event, depth + 1))
        return made

    def _mapping(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while type(event := self._next()) is not MappingEndEvent:
            is_key = type(event) in (ScalarEvent, AliasEvent)
            key = self._value(event, depth) if is_key else None
            if not isinstance(key, str):
                raise self._refuse(event, "a key is a text; put it in quotes")
            if key in made:
                raise self._refuse(event, f"`{key[:60]}` stands here twice")
            made[key] = self._value(self._next(), depth + 1)
        return made

    def _scalar(self, event: Any) -> Any:
        text, tag = event.value, event.tag
        if tag in _NO_TAG:
            tag = _kind_of(text) if event.implicit[0] else _TEXT
        if tag == _TEXT:
            return text
        match tag.removeprefix(_TAG):
            case "int":
                return self._whole(event)
            case "float" if (number := _finite(text)) is not None:
                return number
            case "bool":
                return text.lower() == "true"
            case "null":
                return None
        raise self._refuse(event, f"`{text[:60]}` is no value ({tag})")

    def _whole(self, event: Any) -> int:
        try:
            return int(event.value)
        except ValueError:
            raise self._refuse(event, "this number is too long") from None


def _kind_of(text: str) -> str:
    """Return the tag of a scalar that has none, and no quotes."""
    for tag, form in _FORMS.get(text[:1], ()):
        if form.fullmatch(text):
            return tag
    return _TEXT


def _finite(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _inside(node: Any) -> dict[str | int, tuple[Any, Any]]:
    """Return what is inside a node: for each step the node to point at, and the one to go on from."""
    if isinstance(node, yaml.MappingNode):
        return {
            key.value: (key, inner) for key, inner in node.value if isinstance(key, yaml.ScalarNode)
        }
    if isinstance(node, yaml.SequenceNode):
        return {number: (inner, inner) for number, inner in enumerate(node.value)}
    return {}
