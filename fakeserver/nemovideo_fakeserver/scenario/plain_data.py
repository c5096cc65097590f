"""Plain data to nodes: what JSON can say, and tuples, mappings and dates of Python besides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.scenario.broken import Path, ScenarioBroken, spelled
from nemovideo_fakeserver.scenario.nodes import DEEPEST, MOST, SURROGATE, WIDEST, Node, group


def of_data(data: Any, name: str) -> Node:
    """Take plain data; raises `ScenarioBroken`."""
    return _Taker(name).node(data, 0, ())


class _Taker:
    """Builds nodes from plain data."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0

    def node(self, data: Any, depth: int, path: Path) -> Node:
        """Return the node of one value."""
        self._count += 1
        if self._count > MOST:
            raise self._broken(f"a scenario has at most {MOST} values", path)
        if depth > DEEPEST:
            raise self._broken(f"this is more than {DEEPEST} levels deep", path)
        if isinstance(data, Mapping):
            return self._mapping(data, depth, path)
        if isinstance(data, Sequence) and not isinstance(data, str | bytes | bytearray):
            nodes = [self.node(one, depth + 1, (*path, n)) for n, one in enumerate(data)]
            return group([node.value for node in nodes], 0, dict(enumerate(nodes)))
        return Node(self._leaf(data, path))

    def _mapping(self, data: Mapping[Any, Any], depth: int, path: Path) -> Node:
        inside: dict[str | int, Node] = {}
        for key, value in data.items():
            if not isinstance(key, str):
                raise self._broken(f"a key is a word, not {shown(key)}", path)
            inside[self._leaf(key, path)] = self.node(value, depth + 1, (*path, key))
        return group({key: node.value for key, node in inside.items()}, 0, inside)

    def _leaf(self, data: Any, path: Path) -> Any:
        match data:
            case None | bool():
                return data
            case int() if -WIDEST < data < WIDEST:
                return int(data)
            case float() if math.isfinite(data):
                return float(data)
            case str() if not SURROGATE.search(data):
                return str.__str__(data)  # an Enum's own str() is not what it equals
            case date():
                return data.isoformat()
        raise self._broken(f"{shown(data)} is nothing that JSON could say", path)

    def _broken(self, sentence: str, path: Path) -> ScenarioBroken:
        return ScenarioBroken(sentence, name=self._name, path=spelled(path))
