"""Spans of time and sizes as people write them: the largest unit that leaves a whole number."""

from __future__ import annotations

import re

DAY = 86_400.0
_TIMES = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": DAY}
_SIZES = {"": 1, "B": 1, "KB": 2**10, "MB": 2**20, "GB": 2**30}
# compiled when first used, for every start of the command imports this
_TIME = r"([0-9]{1,12}(?:\.[0-9]{1,9})?) ?([smhd]?)"
_SIZE = r"([0-9]{1,15}) ?([KMG]?B|)"
_WORDS = {"d": "day", "h": "hour", "m": "minute", "s": "second"}


def seconds(text: str) -> float:
    """Return the seconds of `604800`, `7d`, `90s` or `1.5h`; raises ValueError for anything else."""
    match = re.fullmatch(_TIME, text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no time such as 90s or 7d")
    return float(match[1]) * _TIMES[match[2]]


def size(text: str) -> int:
    """Return the bytes of `500MB` or `1024`, units being powers of 1024; raises ValueError for anything else."""
    match = re.fullmatch(_SIZE, text, re.IGNORECASE | re.ASCII)
    if match is None:
        raise ValueError(f"{text[:40]!r} is no size such as 500MB")
    return int(match[1]) * _SIZES[match[2].upper()]


def seconds_text(span: float) -> str:
    """Return seconds in their largest whole unit: `7d`, `90s`, `0.5s`."""
    for unit in "dhm":
        if span >= _TIMES[unit] and span % _TIMES[unit] == 0:
            return f"{int(span // _TIMES[unit])}{unit}"
    return f"{int(span) if span == int(span) else span}s"


def in_words(span: float) -> str:
    """Return seconds for a sentence: `7 days`, `1 hour`."""
    told = seconds_text(span)
    number, unit = told[:-1], _WORDS[told[-1]]
    return f"{number} {unit}" + ("" if number == "1" else "s")


def size_text(count: int) -> str:
    """Return bytes in their largest whole unit: `500 MB`."""
    for unit in ("GB", "MB", "KB"):
        if count >= _SIZES[unit] and count % _SIZES[unit] == 0:
            return f"{count // _SIZES[unit]} {unit}"
    return f"{count} B"
