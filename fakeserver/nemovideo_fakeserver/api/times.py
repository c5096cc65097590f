"""Instants as replies write them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import formatdate
from functools import lru_cache


def iso(at: float) -> str:
    """Return an instant as the documents print it: `2026-03-18T00:00:00Z`."""
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=8)
def http_date(second: int) -> str:
    """Return a whole second as an HTTP `Date` value."""
    return formatdate(second, usegmt=True)
