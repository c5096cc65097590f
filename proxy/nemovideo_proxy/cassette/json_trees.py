"""Which JSON values stand in a document as YAML."""

from __future__ import annotations

import re
from typing import Any

from nemovideo_proxy.cassette.yaml_writing import DEEPEST, LONGEST_KEY

_HALF = re.compile("[\ud800-\udfff]")

_ABOVE = 8
"""Levels of a document that may be above a value."""


def is_writable(value: Any, levels: int = DEEPEST - _ABOVE) -> bool:
    """Say whether YAML holds a JSON value: no half characters, no endless keys, not too deep."""
    match value:
        case str():
            return value.isascii() or not _HALF.search(value)
        case dict():
            keys = all(len(key) <= LONGEST_KEY and is_writable(key) for key in value)
            return keys and _are_writable(value.values(), levels - 1)
        case list():
            return _are_writable(value, levels - 1)
        case _:
            return True


def _are_writable(values: Any, levels: int) -> bool:
    return levels > 0 and all(is_writable(inner, levels) for inner in values)
