"""A new length that is said in terms of the old one: `10 seconds shorter`, `half as long`, `a bit longer`.

Law: `shorter` and `longer` change a length, they never are one. Lengths are milliseconds.
"""

from __future__ import annotations

import re

from nemovideo_fakeserver.agent.degree import degree
from nemovideo_fakeserver.agent.quantities import DURATION

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


def changed(low: str, now: int) -> int | None:
    """Return the length a text makes of `now`; None for one that names the new length itself, or none."""
    for pattern, sign in ((_LESS, -1), (_MORE, 1)):
        if match := pattern.search(low):
            return max(0, now + sign * int(next(g for g in match.groups() if g)))
    if re.search(DURATION, low):
        return None
    return _worded(low, now)


def _worded(low: str, now: int) -> int | None:
    size = degree(low)
    factors = (
        (_HALVED, 0.5),
        (_DOUBLED, 2.0),
        (_SHORTER, _SHRINKING[size]),
        (_LONGER, _GROWING[size]),
    )
    return next((round(now * f / 500) * 500 for pattern, f in factors if pattern.search(low)), None)
