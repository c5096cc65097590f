"""A draft as the agent can read it.

Law: a scripted turn may have put anything on the timeline, and everything behind this file may rely on
segments with an id, whole times and a mapping `m` whose numbers are numbers. The draft itself is not
touched: the agent's operations name segments by id and change nothing else.
"""

from __future__ import annotations

from math import inf
from typing import Any

from nemovideo_fakeserver.core.draft import Draft, Segment, segments, tracks

NUMBERS = frozenset(
    {
        "bass",
        "bpm",
        "brightness",
        "contrast",
        "saturation",
        "sharpness",
        "size",
        "speed",
        "temperature",
        "volume",
    }
)
"""Keys of `m` that are reckoned with."""


def readable(draft: Draft) -> Draft:
    """Return the draft without what nobody could work with."""
    listed = [
        {**track, "sg": [_readable(s) for s in segments({"t": [track]}) if _complete(s)]}
        for track in tracks(draft)
    ]
    kept = [track for track in listed if track["sg"]]
    return {**draft, "t": kept, "m": _mapping(draft.get("m")), "d": _whole(draft.get("d"))}


def _complete(segment: Segment) -> bool:
    times = (segment.get("s"), segment.get("d"))
    return isinstance(segment.get("id"), str) and all(isinstance(t, int | float) for t in times)


def _readable(segment: Segment) -> Segment:
    inner = {k: v for k, v in _mapping(segment.get("m")).items() if _sane(k, v)}
    offset = {"in": _whole(segment["in"])} if "in" in segment else {}
    times = {"s": _whole(segment["s"]), "d": max(1, _whole(segment["d"])), **offset}
    return {**segment, **times, "m": inner}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(value: object) -> int:
    return max(0, int(value)) if isinstance(value, int | float) and -inf < value < inf else 0


def _sane(key: str, value: object) -> bool:
    if key not in NUMBERS:
        return True
    return isinstance(value, int | float) and abs(value) < 1e9 and (key != "speed" or value > 0)
