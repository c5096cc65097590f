"""YAML to nodes.

Law: YAML is read as the core of YAML 1.2 says (only `true` and `false` are booleans, a date is a text): one
document, no tags, no key twice. JSON is YAML.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml

from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.scenario.broken import Path, ScenarioBroken, spelled
from nemovideo_fakeserver.scenario.nodes import A_PERSON, SURROGATE, Limits, Node, group

PLAIN: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("null", re.compile(r"~|null|Null|NULL|"), "~nN"),
    ("bool", re.compile(r"true|True|TRUE|false|False|FALSE"), "tTfF"),
    ("int", re.compile(r"[-+]?[0-9]+"), "-+0123456789"),
    (
        "float",
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
        "-+.0123456789",
    ),
)
"""What a scalar without quotes is, and the characters it may begin with; anything else is a text."""


def of_text(text: str, name: str, limits: Limits = A_PERSON) -> Node:
    """Read YAML (or JSON, which is YAML); raises `ScenarioBroken`."""
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as problem:
        line = text.count("\n", 0, problem.start) + 1
        raise ScenarioBroken("a lone surrogate is no text", name=name, line=line) from None
    if size > limits.largest:
        sentence = f"{limits.what} has at most {limits.largest} bytes, not {size}"
        raise ScenarioBroken(sentence, name=name)
    try:
        return _Reader(text, name, limits).whole()
    except ScenarioBroken:
        raise
    except (yaml.YAMLError, ValueError) as problem:
        raise _unreadable(problem, text, name) from None


class _Reader:
    """Builds nodes from the events of a YAML parser."""

    def __init__(self, text: str, name: str, limits: Limits) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
        self._name = name
        self._limits = limits
        self._anchors: dict[str, Node] = {}
        self._count = 0

    def whole(self) -> Node:
        """Read the one document there is."""
        while not isinstance(event := next(self._events), yaml.DocumentStartEvent):
            if isinstance(event, yaml.StreamEndEvent):
                what = self._limits.what.partition(" ")[2]
                raise ScenarioBroken(f"there is no {what} in it", name=self._name, line=1)
        node = self._node(next(self._events), 0, ())
        next(self._events)
        if not isinstance(event := next(self._events), yaml.StreamEndEvent):
            sentence = f"a second document begins: {self._limits.what} is one"
            raise self._broken(sentence, _line(event))
        return node

    def _node(self, event: Any, depth: int, path: Path, line: int = 0) -> Node:
        line = line or _line(event)
        self._check(event, depth, line, path)
        alias = isinstance(event, yaml.AliasEvent)
        node = self._alias(event, line) if alias else self._made(event, depth, path, line)
        self._count += 1
        limits = self._limits
        if max(self._count, node.size) > limits.most:
            raise self._broken(f"{limits.what} has at most {limits.most} values", line, path)
        if depth + node.height > limits.deepest:
            raise self._broken(f"this is more than {limits.deepest} levels deep", line, path)
        if event.anchor is not None and not alias:
            self._anchors[event.anchor] = node
        return node

    def _check(self, event: Any, depth: int, line: int, path: Path) -> None:
        limits = self._limits
        if depth > limits.deepest:
            raise self._broken(f"this is more than {limits.deepest} levels deep", line, path)
        if getattr(event, "tag", None) is not None:
            sentence = f"{limits.what} has no tags such as {shown(event.tag)}"
            raise self._broken(sentence, line, path)
        if isinstance(event, yaml.ScalarEvent) and SURROGATE.search(event.value):
            raise self._broken("a lone surrogate is no text", line, path)

    def _made(self, event: Any, depth: int, path: Path, line: int) -> Node:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth, path, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth, path, line)
        plain = event.implicit[0] and not event.style
        return Node(self._scalar(event.value, line, path) if plain else event.value, line)

    def _mapping(self, depth: int, path: Path, line: int) -> Node:
        inside: dict[str | int, Node] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            at = _line(key)
            self._check(key, depth, at, path)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._broken("a key is a plain word", at, path)
            if key.value in inside:
                first = inside[key.value].line
                raise self._broken(
                    f"{shown(key.value)} stands here twice, first in line {first}", at, path
                )
            inside[key.value] = self._node(next(self._events), depth + 1, (*path, key.value), at)
        return group({key: node.value for key, node in inside.items()}, line, inside)

    def _sequence(self, depth: int, path: Path, line: int) -> Node:
        inside: dict[str | int, Node] = {}
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            number = len(inside)
            inside[number] = self._node(event, depth + 1, (*path, number))
        return group([node.value for node in inside.values()], line, inside)

    def _alias(self, event: Any, line: int) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            raise self._broken(f"nothing before this is called &{event.anchor}", line)
        return Node(node.value, line, node.inside, node.size, node.height)

    def _scalar(self, text: str, line: int, path: Path) -> Any:
        kind = next((kind for kind, form, _ in PLAIN if form.fullmatch(text)), "str")
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind in ("int", "float"):
            return self._figure(kind, text, line, path)
        return text

    def _figure(self, kind: str, text: str, line: int, path: Path) -> int | float:
        found: int | float
        if kind == "float":
            found = float(text)
            fits = math.isfinite(found)
        else:
            fits = len(text) <= self._limits.digits
            found = int(text) if fits else 0
            fits = fits and abs(found) < self._limits.widest
        if not fits:
            raise self._broken(
                f"{shown(text)} is too large; put it in quotes if it is a text", line, path
            )
        return found

    def _broken(self, sentence: str, line: int, path: Path = ()) -> ScenarioBroken:
        return ScenarioBroken(sentence, name=self._name, line=line, path=spelled(path))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _unreadable(problem: Exception, text: str, name: str) -> ScenarioBroken:
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    if mark is not None:
        said = getattr(problem, "problem", None) or getattr(problem, "context", None)
        return ScenarioBroken(f"this is no YAML: {said}", name=name, line=mark.line + 1)
    line = next((n for n, part in enumerate(text.split("\n"), 1) if _FORBIDDEN.search(part)), 1)
    return ScenarioBroken("this is no YAML: a control character stands here", name=name, line=line)


_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
