"""Writes values into a path."""

from __future__ import annotations

from urllib.parse import quote


def path(pattern: str, **values: str) -> str:
    """Fill the `{names}` of a pattern, percent-encoded: no id can lead to another path."""
    return pattern.format_map({name: _encoded(value) for name, value in values.items()})


def _encoded(value: str) -> str:
    # Lone surrogates have no bytes; an id with one in it does not exist anyway.
    return quote(value, safe="", errors="replace")
