"""The numbers a skill states: upload size, and how often a render is asked about."""

from __future__ import annotations

import re

POLL_SECONDS = 30
"""Between two questions about a render (all four skills; the vendor's reference 52127510908 says 10)."""

UNITS = {"mb": 1024**2, "gb": 1024**3}

_SIZE = r"(?<![\d.])(\d{1,5})\s*(MB|GB)\b"
_LARGEST = (
    rf"(?i)(?:max|limit|at most|up to|最大|上限|不超过)[^\n|]{{0,60}}?{_SIZE}",
    rf"(?i){_SIZE}[^\n|]{{0,30}}?(?:limit|at most|max|per file|a file)",
)
_POLL = r"(?is)(?:\bpoll|轮询).{0,200}?"
_INTERVAL = (rf"{_POLL}\bevery\s+(\d{{1,4}})\s?s", r"每隔?\s*(\d{1,4})\s*秒")
_CAP = (
    rf"{_POLL}\b(?:max|maximum|at most|up to)\s+(\d{{1,3}})\s+(?:poll|time|attempt)",
    rf"{_POLL}\b\d{{1,4}}\s?s\s*[×x]\s*(\d{{1,3}})\b",
    rf"{_POLL}最多\s*(\d{{1,3}})\s*次",
)


def max_upload(text: str) -> int | None:
    """Return the bytes a file may have, a megabyte being 1024 * 1024; None if the skill does not say."""
    found = _first(_LARGEST, text)
    return int(found[1]) * UNITS[found[2].lower()] if found else None


def poll_seconds(text: str) -> int:
    """Return the seconds between two polls of a render."""
    found = _first(_INTERVAL, text)
    return int(found[1]) if found and int(found[1]) else POLL_SECONDS


def poll_cap(text: str) -> int | None:
    """Return how many polls are made at most; None where a skill sets no end (most do not)."""
    found = _first(_CAP, text)
    return int(found[1]) if found and int(found[1]) else None


def _first(patterns: tuple[str, ...], text: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := re.search(pattern, text))), None)
