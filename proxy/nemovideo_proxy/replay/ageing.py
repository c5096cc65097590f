"""How old a recording is, and whether that is too old."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from nemovideo_proxy.matching.lanes import Source

Expiry: TypeAlias = Literal["warn", "error"]
"""What happens once a recording is too old: it is said, or it is refused."""

_DAYS = re.compile(r"(\d+(?:\.\d+)?)d")


class Expired(Exception):
    """A recording is older than it is trusted for."""


def days(text: str) -> float:
    """Read a number of days, as `30d`; ValueError for anything else."""
    found = _DAYS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no age: give a number of days, as 30d")
    return float(found[1])


def too_old(source: Source, now: datetime, expires_after: float | None) -> str | None:
    """Return a sentence if a recording is too old at `now`, else None.

    `expires_after` (days) counts for what its own header says.
    """
    header = source.header
    limit = header.expires_after if expires_after is None else expires_after
    if limit is None:
        return None
    age = now - _moment(header.recorded_at)
    if age <= timedelta(days=limit):
        return None
    return (
        f"{source.path} was recorded {header.recorded_at}, {age.days} days ago, and is trusted for"
        f" {limit:g}: record it again"
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
