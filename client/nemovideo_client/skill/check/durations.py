"""Times as people write them: `30 s`, `500 ms`, `2 minutes`, `30 秒`."""

from __future__ import annotations

import re

DURATION = (
    r"(?P<number>\d{1,9}(?:\.\d{1,9})?)\s*"
    r"(?P<unit>毫秒|秒钟?|分钟?|(?:ms|milliseconds?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)\b)"
)
"""To be a part of patterns; `seconds` reads what it finds."""

_THOUSANDTHS = ("ms", "milli", "毫")
_MINUTES = ("m", "分")


def seconds(found: re.Match[str]) -> float:
    """Return the seconds of a match."""
    unit = found["unit"].lower()
    scale = 0.001 if unit.startswith(_THOUSANDTHS) else 60 if unit.startswith(_MINUTES) else 1
    return float(found["number"]) * scale
