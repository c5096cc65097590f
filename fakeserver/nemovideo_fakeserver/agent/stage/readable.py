"""A draft as the agent can read it.

Law: a scripted turn may have put anything on the timeline, and everything behind this file may rely on
segments with an id, whole times, and values of the right type under the keys it knows. The draft itself
is not touched: the agent's operations name segments by id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import Any

from nemovideo_fakeserver.core.draft import Draft, Segment, segments, tracks


def readable(draft: Draft) -> Draft:
    """Return the draft without what nobody could work with."""
    listed = [
        {**track, "sg": [_readable(s) for s in segments({"t": [track]}) if _complete(s)]}
        for track in tracks(draft)
    ]
    kept = [track for track in listed if track["sg"]]
    return {**draft, "t": kept, "m": _known(draft.get("m")), "d": _whole(draft.get("d"))}


def _complete(segment: Segment) -> bool:
    return (
        _is_text(segment.get("id"))
        and _is_number(segment.get("s"))
        and _is_number(segment.get("d"))
    )


def _readable(segment: Segment) -> Segment:
    whole: dict[str, Any] = {
        key: _whole(segment[key]) for key in ("s", "d", "in") if key in segment
    }
    return {**_known(segment), **whole, "d": max(1, whole["d"]), "m": _known(segment.get("m"))}


def _known(value: object) -> dict[str, Any]:
    """Return a mapping without the keys we know whose values are of another type."""
    return (
        {k: v for k, v in value.items() if k not in _TYPES or _TYPES[k](v)}
        if isinstance(value, Mapping)
        else {}
    )


def _whole(value: object) -> int:
    return max(0, int(value)) if isinstance(value, int | float) and -inf < value < inf else 0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < 1e9


def _is_factor(value: object) -> bool:
    return isinstance(value, int | float) and 0.01 < value < 100


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_TYPES: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys(("src", "text", "name", "role", "mood", "key", "genre", "title"), _is_text),
    **dict.fromkeys(("volume", "duck", "size", "bpm", "bass", "drop"), _is_number),
    **dict.fromkeys(
        ("brightness", "contrast", "saturation", "sharpness", "temperature"), _is_number
    ),
    **dict.fromkeys(("instruments", "sections"), _is_list),
    "speed": _is_factor,
}
