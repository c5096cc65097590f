"""Virtual time as people read it."""

from __future__ import annotations

from math import isfinite

DAY, HOUR, MINUTE = 86_400, 3_600, 60


def elapsed(seconds: float) -> str:
    """Return a stretch of time to the tenth of a second: `0:02.5`, `1:02:03.0`, `7d 00:00:01.0`."""
    if not isfinite(seconds):
        return "?"
    tenths = round(min(abs(seconds), 1e12) * 10)
    sign = "-" if seconds < 0 and tenths else ""
    days, tenths = divmod(tenths, DAY * 10)
    hours, tenths = divmod(tenths, HOUR * 10)
    minutes, tenths = divmod(tenths, MINUTE * 10)
    tail = f"{tenths / 10:04.1f}"
    if days:
        return f"{sign}{days}d {hours:02}:{minutes:02}:{tail}"
    return f"{sign}{hours}:{minutes:02}:{tail}" if hours else f"{sign}{minutes}:{tail}"
