"""What a control path is asked: in its query, names with values, each known, each once; in its body, JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.control.refusing import Malformed


def asked(call: Call, *legal: str) -> dict[str, str]:
    """Return the parameters of the query; raises `Malformed` for one that is not `legal`, or comes twice."""
    given: dict[str, str] = {}
    for name, value in parse_qsl(call.head.query, keep_blank_values=True):
        if name not in legal:
            raise Malformed(f"{name[:40]}: unknown; this takes {', '.join(legal)}")
        if name in given:
            raise Malformed(f"{name}: given twice")
        given[name] = value
    return given


def number(given: dict[str, str], name: str, *, default: int, low: int, high: int) -> int:
    """Return a whole number between `low` and `high`."""
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= 15 and low <= int(text) <= high):
        raise Malformed(f"{name}: must be a whole number from {low} to {high}, not {text[:40]!r}")
    return int(text)


def body(call: Call) -> dict[str, Any]:
    """Return the JSON object in the body; a number without a fraction is whole, however it is written."""
    told: dict[str, Any] = _whole(call.json())
    return told


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
