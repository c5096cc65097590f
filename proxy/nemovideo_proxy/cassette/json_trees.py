"""Which JSON values stand in a document as YAML."""

from __future__ import annotations

from typing import Any

from nemovideo_proxy.cassette.broken import Unwritable
from nemovideo_proxy.cassette.yaml_writing import written

_ABOVE = 6
"""Levels of a document that may be above a value."""


def is_writable(value: Any) -> bool:
    """Say whether YAML holds a JSON value: no half characters, no endless keys, not too deep."""
    for _ in range(_ABOVE):
        value = {"in": value}
    try:
        written(value)
    except Unwritable:
        return False
    return True
