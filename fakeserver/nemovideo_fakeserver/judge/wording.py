"""How verdicts put things: what came from outside is cut short and cannot steer a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

_UNITS = ((86_400, "days", 3_600, "h"), (3_600, "h", 60, "min"), (60, "min", 1, "s"))
"""A unit in seconds, its name, and the next smaller one."""


def clean(text: str, most: int = 80) -> str:
    """Return a text of at most `most` characters, each of which can be printed."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(letter if letter.isprintable() else "�" for letter in cut)


def shown(text: str, most: int = 48) -> str:
    """Return a text between quotation marks, cut short, on one line."""
    return f'"{clean(" ".join(text.split()), most)}"'


def listed(words: Sequence[str]) -> str:
    """Return words in a row: `a`, `a and b`, `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def spell(seconds: float) -> str:
    """Return a length of time as people would: `0.5 s`, `119 s`, `3 min 20 s`, `2 h`, `7 days`."""
    seconds = round(seconds) if seconds >= 100 else seconds
    for size, unit, smaller, name in _UNITS:
        if seconds >= 2 * size:
            whole, rest = divmod(round(seconds / smaller), size // smaller)
            return f"{whole} {unit} {rest} {name}" if rest else f"{whole} {unit}"
    return f"{seconds:.3g} s"


def instant(at: float) -> str:
    """Return an instant, in seconds since the Unix epoch, as `2033-03-03T03:33:33Z`."""
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def credits_(amount: int) -> str:
    """Return `1 credit`, `50 credits`."""
    return "1 credit" if amount == 1 else f"{amount} credits"
