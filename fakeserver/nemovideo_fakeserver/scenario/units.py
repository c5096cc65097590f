"""Times as a scenario writes them: `2s`, `1h30m`, `2033-03-03T03:33:33Z`.

Law: each is a value that remembers nothing of its spelling. What is written back is the shortest
spelling, and reading that gives the same value again.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from nemovideo_fakeserver.clock import LATEST
from nemovideo_fakeserver.core.faults.unknown import shown
from nemovideo_fakeserver.scenario.broken import Wrong

LONGEST = 3_660 * 86_400
"""Seconds that no duration is longer than: ten years."""

DURATION = r"(?=.)(\d{1,6}d)?(\d{1,6}h)?(\d{1,7}m)?(\d{1,9}(\.\d{1,6})?s)?(\d{1,9}ms)?"
_DURATION = re.compile(DURATION, re.ASCII)
_UNITS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1))
NOW = "now"


class Seconds(float):
    """A duration in seconds: a number, or a text such as `250ms`, `2s`, `5m`, `1h30m`, `7d`."""

    __slots__ = ()


class Millis(int):
    """A duration in whole milliseconds, as drafts have them: a number, or a text such as `3s`."""

    __slots__ = ()


class Instant(str):
    """A point in time: `now`, or such as `2033-03-03T03:33:33Z`; without a zone it is read as UTC."""

    __slots__ = ()

    @property
    def seconds(self) -> float | None:
        """Seconds since the Unix epoch; None for `now`."""
        return None if self == NOW else _read(self)


def seconds(value: Any) -> Seconds:
    """Read a duration; raises `Wrong`."""
    found = _text(value) / 1_000 if isinstance(value, str) else _number(value, "2s, 5m or 7d")
    if not 0 <= found <= LONGEST:
        raise Wrong(f"a duration is from 0 to ten years, not {shown(value)}")
    return Seconds(found)


def millis(value: Any) -> Millis:
    """Read a duration in milliseconds; raises `Wrong`."""
    found = _text(value) if isinstance(value, str) else _number(value, "3000 (milliseconds) or 3s")
    if not 0 <= found <= LONGEST * 1_000 or found % 1:
        raise Wrong(
            f"a draft has whole milliseconds from 0, or a text such as 3s, not {shown(value)}"
        )
    return Millis(found)


def instant(value: Any) -> Instant:
    """Read a point in time; raises `Wrong`."""
    sentence = f"a time is now, or such as 2033-03-03T03:33:33Z, not {shown(value)}"
    if not isinstance(value, str):
        raise Wrong(sentence)
    try:
        found = 0.0 if value == NOW else _read(value)
    except (ValueError, OverflowError):
        raise Wrong(sentence) from None
    if not 0 <= found <= LATEST:
        raise Wrong(f"time goes from 1970 to the year 9000, and {shown(value)} lies outside")
    return Instant(NOW if value == NOW else _written(found))


def brief(duration: float) -> str | float:
    """Return the spelling of a duration in seconds: `1h30m`; a number for what has no whole milliseconds."""
    left, parts = round(duration * 1_000), []
    if left / 1_000 != duration:
        return float(duration)
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def _text(value: str) -> float:
    """Return the milliseconds a text says."""
    match = _DURATION.fullmatch(value)
    if match is None:
        raise Wrong(
            f"a duration is a number of seconds, or such as 250ms, 2s, 5m, 1h30m or 7d, not {shown(value)}"
        )
    said = (match[1], match[2], match[3], match[4], match[6])
    return sum(
        float(part.removesuffix(unit)) * size
        for part, (unit, size) in zip(said, _UNITS, strict=True)
        if part
    )


def _number(value: Any, such: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(f"a duration is a number or a text such as {such}, not {shown(value)}")
    return value


def _written(found: float) -> str:
    return datetime.fromtimestamp(found, UTC).isoformat().replace("+00:00", "Z")


def _read(text: str) -> float:
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
