"""Numbers out of facts, as a drawing tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def number(what: Mapping[str, Any], key: str) -> float | None:
    """Return a detail that is a finite number, None where it is not."""
    value = what.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < 1e15 else None


def amount(what: Mapping[str, Any], key: str) -> str:
    """Return a detail that is a number, in digits; a question mark where it is none."""
    value = number(what, key)
    return "?" if value is None else f"{value:.15g}"


def counted(count: float | str, noun: str) -> str:
    """Return how many there are: `1 frame`, `2 frames`."""
    return f"{count} {noun}{'' if str(count) == '1' else 's'}"
