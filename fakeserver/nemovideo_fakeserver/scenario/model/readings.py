"""The readings of the documents a scenario asks for, as texts; what they mean is `core.variants`."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.scenario.broken import Wrong

PRESET = "preset"
"""The key that asks for all readings of one vendor version."""


class Readings(dict[str, str]):
    """Variants by name, and `preset`. A number or a boolean stands for the text people write it with."""

    __slots__ = ()


def readings(value: Any) -> Readings:
    """Read variants; raises `Wrong`."""
    if not isinstance(value, dict):
        raise Wrong(f"variants are a mapping such as sse_dialect: adk, not {shown(value)}")
    return Readings({key: _text(one, key) for key, one in value.items()})


def _text(value: Any, key: str) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
    raise Wrong(f"{key} is a text such as adk, not {shown(value)}", (key,))
