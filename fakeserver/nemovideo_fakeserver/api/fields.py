"""Reading fields of a JSON object: the value, or a `RequestMalformed` that names field and fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.core.refusals import RequestMalformed

MAX_TEXT = 200


def text(body: Mapping[str, Any], name: str, *, limit: int = MAX_TEXT) -> str:
    """Return the non-blank string `name` of at most `limit` characters."""
    if name not in body:
        raise RequestMalformed(f"{name}: missing")
    value = optional_text(body, name, limit=limit)
    if not value.strip():
        raise RequestMalformed(f"{name}: must not be empty")
    return value


def optional_text(body: Mapping[str, Any], name: str, *, limit: int = MAX_TEXT) -> str:
    """Return the string `name`, or "" when it is absent or null."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RequestMalformed(f"{name}: must be a string, not {shown(value)}")
    if len(value) > limit:
        raise RequestMalformed(f"{name}: at most {limit} characters, not {len(value)}")
    return value


def mapping(
    body: Mapping[str, Any], name: str, *, default: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the object `name`, or the default when it is absent and one is given."""
    value = body.get(name, default)
    if not isinstance(value, dict):
        raise RequestMalformed(
            f"{name}: must be an object"
            + (f", not {shown(value)}" if name in body else "; missing")
        )
    return value


def texts(body: Mapping[str, Any], name: str, *, limit: int) -> list[str]:
    """Return the non-empty list of non-blank strings `name`, of at most `limit` members."""
    value = body.get(name)
    if (
        not isinstance(value, list)
        or not value
        or not all(isinstance(v, str) and v.strip() for v in value)
    ):
        raise RequestMalformed(f"{name}: must be a list of one or more strings")
    if len(value) > limit:
        raise RequestMalformed(f"{name}: at most {limit}, not {len(value)}")
    return value


def whole(body: Mapping[str, Any], name: str, *, default: int, low: int, high: int) -> int:
    """Return the whole number `name` between `low` and `high`; 30.0 is one, for JSON knows no other kind."""
    value = body.get(name, default)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise RequestMalformed(
            f"{name}: must be a whole number from {low} to {high}, not {shown(value)}"
        )
    return value


def shown(value: object) -> str:
    """Return a value in short and as JSON has it, for an error message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:37] + "..."
