"""What made time go other than by itself: jumps and changes of rate, kept until somebody takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

KEPT = 10_000
"""Moves that are kept at most, the newest; who wants them all takes them more often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """Time went from `at - seconds` to `at`: by `hand`, or because everybody would `wait` for that."""

    at: float
    seconds: float
    by: Literal["hand", "wait"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """From `at` on time runs at `rate` virtual seconds a real one."""

    at: float
    rate: float


class Moves:
    """The moves of one clock, oldest first. False while there are none. Any thread may add or take."""

    def __init__(self) -> None:
        self._kept: deque[Jump | Pace] = deque(maxlen=KEPT)

    def jumped(self, before: float, after: float, *, by: Literal["hand", "wait"]) -> None:
        """Note a jump, unless it led nowhere."""
        if after > before:
            self._kept.append(Jump(at=after, seconds=after - before, by=by))

    def paced(self, at: float, rate: float) -> None:
        """Note a change of rate."""
        self._kept.append(Pace(at=at, rate=rate))

    def take(self) -> Iterator[Jump | Pace]:
        """Take the moves out, oldest first."""
        while self._kept:
            try:
                yield self._kept.popleft()
            except IndexError:  # another thread was faster
                return

    def __bool__(self) -> bool:
        return bool(self._kept)
