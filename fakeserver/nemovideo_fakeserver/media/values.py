"""Reading values that may be anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FAR = 1e9


def number(value: object, default: float, low: float = 0, high: float = _FAR) -> float:
    """Return `value` as the nearest number from `low` to `high`; `default` when it is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        return default
    return float(min(max(value, low), high))


def text(value: object) -> str:
    """Return a text, empty when it is none."""
    return value if isinstance(value, str) else ""


def mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping, empty when it is none."""
    return value if isinstance(value, Mapping) else {}
