"""A new length that is said in terms of the old one: `10 seconds shorter`, `half as long`, `a bit longer`.

Law: `shorter` and `longer` change a length, they never are one. Lengths are milliseconds. How much is a
`degree`, which other things than lengths have too: brightness, loudness, tempo.
"""

from __future__ import annotations

import re

from nemovideo_fakeserver.agent.reading.quantities import DURATION

LONGEST_MS = 600_000
"""The longest that a film, a piece of music, a title or a still is made, in milliseconds."""

_SLIGHT = re.compile(
    r"\bslight(?:ly)?\b|\ba (?:tiny |little )?(?:bit|touch|tad)\b|\ba little\b|\bsomewhat\b|稍微|略微|稍稍|一点点"
)
_STRONG = re.compile(
    r"\bmuch\b|\ba lot\b|\bway\b|\bfar\b|\bsignificantly\b|\bdrastically\b|\breally\b|\bvery\b|很多|大幅|非常|明显|得多"
)
_LESS = re.compile(
    rf"{DURATION} (?:shorter|less)\b|\b(?:shorten|reduce|cut|trim|decrease)\b[^‹]{{0,24}}\bby (?:about )?{DURATION}|(?:缩短|剪短|减少|短)了? ?{DURATION}"
)
_MORE = re.compile(
    rf"{DURATION} (?:longer|more)\b|\b(?:extend|lengthen|prolong|increase)\b[^‹]{{0,24}}\bby (?:about )?{DURATION}|(?:延长|加长|增加|长)了? ?{DURATION}"
)
_HALVED = re.compile(
    r"\bhalf (?:as long|the length|its length|the duration)|\bhalve\b|长度减半|时长减半|缩短一半"
)
_DOUBLED = re.compile(
    r"\b(?:twice|double|two times) (?:as long|the length|its length|the duration)|长度加倍|时长加倍"
)
_SHORTER = re.compile(r"\bshorter\b|\bshorten\b|\btoo long\b|缩短|短一?[点些]|太长")
_LONGER = re.compile(r"\blonger\b|\bextend\b|\blengthen\b|\btoo short\b|延长|长一?[点些]|太短")
_SHRINKING = {0.5: 0.85, 1.0: 0.67, 2.0: 0.5}
_GROWING = {0.5: 1.2, 1.0: 1.5, 2.0: 2.0}


def degree(lowered: str) -> float:
    """Return 0.5 for a little, 2 for a lot, else 1."""
    if _SLIGHT.search(lowered):
        return 0.5
    return 2.0 if _STRONG.search(lowered) else 1.0


def changed(lowered: str, now: int) -> int | None:
    """Return the length a text makes of `now`; None for one that names the new length itself, or none."""
    for pattern, sign in ((_LESS, -1), (_MORE, 1)):
        if match := pattern.search(lowered):
            return max(0, now + sign * int(next(g for g in match.groups() if g)))
    if re.search(DURATION, lowered):
        return None
    return _worded(lowered, now)


def _worded(lowered: str, now: int) -> int | None:
    size = degree(lowered)
    factors = (
        (_HALVED, 0.5),
        (_DOUBLED, 2.0),
        (_SHORTER, _SHRINKING[size]),
        (_LONGER, _GROWING[size]),
    )
    return next(
        (round(now * f / 500) * 500 for pattern, f in factors if pattern.search(lowered)), None
    )
