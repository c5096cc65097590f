"""Numbers of things, for people."""

from __future__ import annotations


def counted(number: int, thing: str, *, many: str = "") -> str:
    """Return `1 reply` or `2 replies`; where `many` is not given, it is `thing` with an s."""
    return f"{number} {thing if number == 1 else many or thing + 's'}"
