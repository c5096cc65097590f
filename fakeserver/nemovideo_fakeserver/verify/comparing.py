"""What a query asks held against what there was, value by value.

Law: a comparison ends in points, one for each value that was asked for. Something is found when every
point fits; what differs are the points that do not; how near it came is how close the points are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from nemovideo_fakeserver.verify.patterns import ABSENT, Contains, Equal, Mark, regex, told
from nemovideo_fakeserver.verify.plain import plain, shown

COMPARED = 200
"""How many characters of two texts say how close they are."""

CUT = 2_000
"""From this length on, the journal cuts texts and ends them with an ellipsis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value that was asked for: where it stands, what was `expected`, what it `was`.

    `closeness` is 0 to 1; `was` is `ABSENT` where there is no such value.
    """

    field: str
    expected: Any
    was: Any
    fits: bool
    closeness: float

    def __str__(self) -> str:
        around = _parting(self.expected, self.was)
        was = "absent" if self.was is ABSENT else shown(self.was, around=around)
        return f"{plain(self.field)}: expected {told(self.expected, around=around)}, was {was}"

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data; `was` is left out where there is no such value."""
        data = {"field": self.field, "expected": told(self.expected), "says": str(self)}
        return data if self.was is ABSENT else {**data, "was": self.was}


def points(field: str, expected: Any, was: Any) -> Iterator[Point]:
    """Yield one point for each value that `expected` asks for."""
    if isinstance(expected, Mapping) and isinstance(was, Mapping) and expected:
        for key, value in expected.items():
            yield from points(inside(field, key), value, was.get(key, ABSENT))
    elif isinstance(expected, list | tuple) and _as_long(expected, was):
        for place, (value, had) in enumerate(zip(expected, was, strict=True)):
            yield from points(f"{field}[{place}]", value, had)
    else:
        closeness = _closeness(expected, was)
        fits = closeness == 1.0
        yield Point(field=field, expected=expected, was=was, fits=fits, closeness=closeness)


def fits(expected: Any, was: Any) -> bool:
    """Say whether a value is what was asked for."""
    return all(point.fits for point in points("", expected, was))


def closeness(found: Iterable[Point]) -> float:
    """Return how close these points are on average, 0 to 1; 1 where nothing was asked."""
    values = [point.closeness for point in found]
    return sum(values) / len(values) if values else 1.0


def inside(field: str, key: Any) -> str:
    """Return the way to `key` inside `field`: `body.session_id`, `body['a key']`."""
    name = str(key)
    plainly = name.replace("-", "_").isidentifier()
    inner = name if plainly else f"[{name!r}]"
    return f"{field}.{inner}" if plainly and field else f"{field}{inner}"


def _closeness(expected: Any, was: Any) -> float:
    match expected:
        case Mark():
            return float(expected is not ABSENT or was is ABSENT)
        case Equal():
            return float(_same(expected.value, was))
        case Contains():
            return _share(expected.items, was)
        case str() | re.Pattern():
            return _text_closeness(expected, was)
    alike = isinstance(was, Mapping) if isinstance(expected, Mapping) else _same(expected, was)
    return float(alike)


def _text_closeness(expected: str | re.Pattern[str], was: Any) -> float:
    """Return 1 for a text that fits, less than 1 for any other."""
    if not isinstance(was, str):
        return 0.0
    pattern = regex(expected)
    if pattern is not None:
        return 1.0 if pattern.search(was) else 0.5
    assert isinstance(expected, str)
    if expected == was or _cut(expected, was):
        return 1.0
    ratio = SequenceMatcher(None, expected[:COMPARED], was[:COMPARED], autojunk=False)
    return 0.9 * ratio.quick_ratio()


def _cut(expected: str, was: str) -> bool:
    long = len(expected) > CUT and len(was) >= CUT
    return long and was.endswith("…") and expected.startswith(was[:-1])


def _share(items: Sequence[Any], was: Any) -> float:
    """Return how much of `items` a list has: 1 when each is there, else how near they came, less."""
    if not isinstance(was, list | tuple):
        return 0.0
    near = [max((closeness(points("", item, had)) for had in was), default=0.0) for item in items]
    there = all(any(fits(item, had) for had in was) for item in items)
    return 1.0 if there else 0.9 * sum(near) / len(near)


def _same(one: Any, other: Any) -> bool:
    """Say whether two JSON values are the same; true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _as_long(expected: Sequence[Any], was: Any) -> bool:
    return isinstance(was, list | tuple) and len(was) == len(expected) > 0


def _parting(expected: Any, was: Any) -> int:
    """Return where two texts begin to differ, 0 for anything else."""
    wanted = expected.value if isinstance(expected, Equal) else expected
    if not isinstance(wanted, str) or not isinstance(was, str):
        return 0
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, was, strict=False))
    )
