"""A tree of plain data in which everything knows where it stands.

Law: no scenario has more of anything than a person writes: 1 MB, 32 levels, 50 000 values, those behind
aliases counted each time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nemovideo_fakeserver.scenario.broken import Path

LARGEST = 1_000_000
"""Bytes of text."""

DEEPEST = 32
MOST = 50_000
WIDEST = 2**63
"""Whole numbers lie between this and its negative."""

DIGITS = 20
"""Characters of a whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a text may have at most, and what it is called when it has more."""

    what: str = "a scenario"
    largest: int = LARGEST
    deepest: int = DEEPEST
    most: int = MOST
    widest: int = WIDEST
    digits: int = DIGITS


A_PERSON = Limits()
"""What a person writes."""

SURROGATE = re.compile("[\ud800-\udfff]")
"""What no text may have: half a character."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value, the line of its key or of itself (0 without text), and what is inside it.

    `size` counts the values in it and `height` the levels, what aliases bring in included.
    """

    value: Any
    line: int = 0
    inside: Mapping[str | int, Node] = field(default_factory=dict)
    size: int = 1
    height: int = 0

    def at(self, path: Path) -> Node:
        """Return the node at the end of `path`, or the last one on the way that is there."""
        node = self
        for step in path:
            if step not in node.inside:
                break
            node = node.inside[step]
        return node


def group(value: Any, line: int, inside: Mapping[str | int, Node]) -> Node:
    """Return the node of a mapping or a list with these nodes inside."""
    nodes = inside.values()
    size = 1 + sum(node.size for node in nodes)
    return Node(value, line, inside, size, 1 + max((node.height for node in nodes), default=0))
