"""Instants as the documents print them."""

from __future__ import annotations

import re
from datetime import datetime

DAY = 86_400
WEEK = 7 * DAY

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def instant(text: str) -> float:
    """Return the seconds since the epoch that `2026-03-18T00:00:00Z` stands for."""
    assert _FORM.fullmatch(text), f"{text!r} is not written as 2026-03-18T00:00:00Z"
    return datetime.fromisoformat(text).timestamp()
