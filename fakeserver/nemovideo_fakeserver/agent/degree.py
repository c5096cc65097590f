"""How much: `slightly`, plainly, or `a lot`."""

from __future__ import annotations

import re

_SLIGHT = re.compile(
    r"\bslight(?:ly)?\b|\ba (?:tiny |little )?(?:bit|touch|tad)\b|\ba little\b|\bsomewhat\b|稍微|略微|稍稍|一点点"
)
_STRONG = re.compile(
    r"\bmuch\b|\ba lot\b|\bway\b|\bfar\b|\bsignificantly\b|\bdrastically\b|\breally\b|\bvery\b|很多|大幅|非常|明显|得多"
)


def degree(low: str) -> float:
    """Return 0.5 for a little, 2 for a lot, else 1."""
    if _SLIGHT.search(low):
        return 0.5
    return 2.0 if _STRONG.search(low) else 1.0
