"""What stands on the horizon of a card: waves of hills, peaks of mountains, or the towers of a city."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.picture.colours import Reals

Ridge: TypeAlias = Callable[[Reals, float], Reals]
"""From places along the horizon and a turn (radians) to heights around its level, both in one unit."""

_MOST_TOWERS = 64
_ROOM = 5, 6
"""How far a window is from the next one, in pixels to the right and down; it takes two by two."""

_LIT = 0.3
"""The share of windows behind which there is light."""

_BRIGHT = 0.7
"""How opaque the brightest is."""

_TOWERS = re.compile(
    r"\b(?:cit(?:y|ies)|urban|skylines?|downtown|streets?|neon|cyberpunk|buildings?|office|traffic|tokyo"
    r"|new york|shanghai|hong kong)\b|城|街|都市|霓虹|大楼|建筑|天际线|上海|北京|东京|香港"
)
_PEAKS = re.compile(
    r"\b(?:mountains?|alps|peaks?|cliffs?|canyon|volcano|hiking|glacier|snowy?|ski)\b|山|峰|峡谷|冰川|雪"
)


def ridge(subject: str, chance: Chance) -> Ridge:
    """Return the ridge that suits `subject`, drawn by `chance`."""
    if is_city(subject):
        return _towers(chance)
    return _peaks(chance) if _PEAKS.search(subject.lower()) else _waves(chance)


def is_city(subject: str) -> bool:
    """Say whether the ridge of `subject` is one of towers, which have windows."""
    return _TOWERS.search(subject.lower()) is not None


def windows(width: int, height: int, chance: Chance) -> Reals:
    """Return how bright the windows of towers are (0 to 1): a grid, in pixels, of which some are lit."""
    columns, rows = width // _ROOM[0] + 1, height // _ROOM[1] + 1
    lit = np.random.default_rng(chance.number("windows")).random((rows, columns), np.float32)
    lamps = np.maximum(0, lit - 1 + _LIT) * np.float32(_BRIGHT / _LIT)
    panes = np.zeros((rows * _ROOM[1], columns * _ROOM[0]), np.float32)
    for down, right in ((1, 1), (1, 2), (2, 1), (2, 2)):
        panes[down :: _ROOM[1], right :: _ROOM[0]] = lamps
    seen: Reals = panes[:height, :width]
    return seen


def _waves(chance: Chance) -> Ridge:
    length = chance.uniform(0.5, 1.1, "length") * math.tau
    phase = chance.uniform(0, math.tau, "phase")

    def heights(along: Reals, turn: float) -> Reals:
        sway = phase + 0.35 * math.sin(turn + phase)
        x = along * np.float32(length)
        line: Reals = np.sin(x + sway) + 0.5 * np.sin(1.7 * x - 0.8 * sway)
        return line * np.float32(0.024)

    return heights


def _peaks(chance: Chance) -> Ridge:
    length = chance.uniform(1.2, 2.0, "length")
    phase = chance.uniform(0, 1, "phase")

    def heights(along: Reals, turn: float) -> Reals:
        x = (along + np.float32(0.004 * math.sin(turn))) * np.float32(length) + np.float32(phase)
        line: Reals = 0.13 * _zigzag(x) + 0.05 * _zigzag(2.3 * x + phase) + 0.02 * _zigzag(5.1 * x)
        return line - np.float32(0.08)

    return heights


def _zigzag(x: Reals) -> Reals:
    """Go from 1 down to 0 and up again for every step of 1."""
    line: Reals = np.abs(x % 1 * 2 - 1)
    return line


def _towers(chance: Chance) -> Ridge:
    widths = [chance.uniform(0.035, 0.11, "width", n) for n in range(_MOST_TOWERS)]
    tall = [chance.uniform(-0.04, 0.14, "height", n) for n in range(_MOST_TOWERS)]
    ends, tops = np.cumsum(widths), np.array(tall, np.float32)

    def heights(along: Reals, turn: float) -> Reals:  # noqa: ARG001 - they stand still
        standing: Reals = tops[np.searchsorted(ends, along) % _MOST_TOWERS]
        return standing

    return heights
