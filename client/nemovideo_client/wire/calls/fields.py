"""Takes fields out of a reply. Each may have several names; the first that holds the right type counts.

A field of another type counts as missing. Where one is required, KeyError says which (its first name);
a reply that is no object at all is a TypeError.
"""

from __future__ import annotations

from typing import Any

from nemovideo_client.models import Json

_MOST = 2**63
"""No number of this service is larger, in bytes or in milliseconds; nor is NaN smaller."""


def text(data: Any, *names: str) -> str | None:
    """Return a text that is not empty."""
    return next((value for value in _values(data, names) if isinstance(value, str) and value), None)


def required_text(data: Any, *names: str) -> str:
    """Return a text that must be there."""
    value = text(data, *names)
    if value is None:
        raise KeyError(names[0])
    return value


def identifier(data: Any, *names: str) -> str | None:
    """Return an id as text; one printed as a number is the same id."""
    return next((str(v) for v in _values(data, names) if v and _is(v, str, int)), None)


def number(data: Any, *names: str) -> float | None:
    """Return a finite number."""
    numbers = (value for value in _values(data, names) if _is(value, int, float))
    return next((value for value in numbers if -_MOST < value < _MOST), None)


def whole(data: Any, *names: str) -> int | None:
    """Return a number without its fraction."""
    value = number(data, *names)
    return None if value is None else int(value)


def flag(data: Any, *names: str) -> bool | None:
    """Return true or false."""
    return next((value for value in _values(data, names) if isinstance(value, bool)), None)


def mapping(data: Any, *names: str) -> Json | None:
    """Return an object."""
    return next((value for value in _values(data, names) if isinstance(value, dict)), None)


def objects(data: Any, *names: str) -> tuple[Json, ...] | None:
    """Return the objects in a list."""
    lists = (value for value in _values(data, names) if isinstance(value, list))
    return next((tuple(item for item in found if isinstance(item, dict)) for found in lists), None)


def texts(data: Any, *names: str) -> tuple[str, ...]:
    """Return the texts in a list, none where there is no list."""
    lists = (value for value in _values(data, names) if isinstance(value, list))
    return next((tuple(item for item in found if isinstance(item, str)) for found in lists), ())


def _values(data: Any, names: tuple[str, ...]) -> list[Any]:
    if not isinstance(data, dict):
        raise TypeError("not an object")
    return [data.get(name) for name in names]


def _is(value: Any, *types: type) -> bool:
    return isinstance(value, types) and not isinstance(value, bool)
