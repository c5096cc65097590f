"""Times as records write them: `2033-03-03T03:33:33.25Z`, to the last digit that a float has.

Law: reading what was written gives the same float again.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from nemovideo_fakeserver.core.faults.unknown import shown

_TEXT = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


class Instant(float):
    """A point in time, in seconds since the Unix epoch; written as a date with a time, in UTC."""

    __slots__ = ()


def spelled(at: float) -> str:
    """Return a time as text."""
    whole, _, rest = format(Decimal(repr(float(at))), "f").partition(".")
    fraction = f".{rest}" if rest.strip("0") else ""
    return f"{datetime.fromtimestamp(int(whole), UTC):%Y-%m-%dT%H:%M:%S}{fraction}Z"


def instant(value: Any) -> Instant:
    """Read a time; raises ValueError for what is none, or lies before 1970."""
    found = _TEXT.fullmatch(value) if isinstance(value, str) else None
    try:
        if found is not None:
            at = Instant(_seconds(found[1] + (found[3] or "Z"), found[2] or ""))
            if at >= 0:
                return at
    except ValueError:
        pass  # a month 13
    raise ValueError(f"a time is such as 2033-03-03T03:33:33Z, not {shown(value)}")


def _seconds(whole: str, fraction: str) -> float:
    return float(f"{int(datetime.fromisoformat(whole).timestamp())}{fraction}")


def since(begin: float, at: float) -> float:
    """Return the seconds from `begin` to `at`, as the shortest number that leads there again."""
    exact = at - begin
    rounded = round(exact, 3)
    return rounded if begin + rounded == at else exact
