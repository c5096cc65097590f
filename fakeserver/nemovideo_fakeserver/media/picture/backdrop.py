"""The ground of a card: a light above a horizon, soft hills before it, and drifting sparks.

It is drawn at a quarter of its size, which softens it, and scaled up. All that moves does so in
whole turns of a loop, so that the picture after the last is the first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.colours import Reals, Rgb, mixed, ycc
from nemovideo_fakeserver.media.picture.palette import Palette
from nemovideo_fakeserver.media.picture.planes import planes

Picture: TypeAlias = tuple[Reals, Reals, Reals]
"""Y, and Cb and Cr at half the size, before they are rounded."""

SHRUNK = 4
"""How many pixels of the canvas, along each side, one pixel of the drawing becomes."""

_HORIZON = 0.46
_HILLS = 3
_SPARKS = 16
_BLACK: Rgb = (0, 0, 0)


class Backdrop:
    """Pictures in the colours of `palette`, laid out by `chance`, the same again after `loop` frames."""

    def __init__(self, canvas: Canvas, palette: Palette, chance: Chance, loop: int) -> None:
        self._canvas, self._loop = canvas, loop
        width, height = (
            max(min(side, 16), side // SHRUNK) // 2 * 2 for side in (canvas.width, canvas.height)
        )
        self._x, self._y = (np.arange(side, dtype=np.float32) for side in (width, height))
        self._unit = math.sqrt(width * height)
        self._sky = _sky(palette, width, height, chance)
        self._light = _light(palette, self._x, self._y, self._unit, chance)
        self._hills = [_hill(palette, n, chance.at("hill", n)) for n in range(_HILLS)]
        self._sparks = [_spark(palette, chance.at("spark", n)) for n in range(_SPARKS)]
        self._scaler = VideoReformatter()

    def frame(self, number: int) -> VideoFrame:
        """Return the `number`-th frame (yuv420p), which nobody else holds."""
        turn = math.tau * (number % self._loop) / self._loop
        picture = self._sky[0].copy(), self._sky[1].copy(), self._sky[2].copy()
        alpha, colour = self._light
        _mix(picture, alpha * np.float32(1 + 0.08 * math.sin(turn)), colour)
        for hill in self._hills:
            self._rise(picture, hill, turn)
        for spark in self._sparks:
            self._shine(picture, spark, turn)
        small = VideoFrame(len(self._x), len(self._y), "yuv420p")
        for plane, values in zip(planes(small), picture, strict=True):
            np.rint(values, out=plane, casting="unsafe")
        return self._scaler.reformat(
            small, self._canvas.width, self._canvas.height, interpolation=Interpolation.BICUBIC
        )

    def _rise(self, picture: Picture, hill: _Hill, turn: float) -> None:
        """Draw what is under a wavy line."""
        x = self._x / np.float32(self._unit) * np.float32(hill.waves * math.tau)
        sway = hill.phase + 0.35 * math.sin(turn + hill.phase)
        line = np.sin(x + sway) + 0.5 * np.sin(1.7 * x - 0.8 * sway)
        edge = (hill.level + hill.swell * line) * len(self._y)
        top = max(0, int(edge.min()) - 1) // 2 * 2
        depth = self._y[top:, None] - edge.astype(np.float32)
        _mix(_part(picture, top, 0), np.clip(depth, 0, 1), hill.colour)

    def _shine(self, picture: Picture, spark: _Spark, turn: float) -> None:
        """Draw a disc of light with a soft rim."""
        radius = max(1.0, spark.radius * self._unit)
        x = spark.x * len(self._x) + 0.02 * self._unit * math.cos(turn + spark.phase)
        y = spark.y * len(self._y) + 0.03 * self._unit * math.sin(turn + spark.phase)
        left, top = (max(0, int(at - radius) - 1) // 2 * 2 for at in (x, y))
        columns, rows = self._x[left : int(x + radius) + 3], self._y[top : int(y + radius) + 3]
        inside = radius - np.hypot(columns - np.float32(x), rows[:, None] - np.float32(y))
        soft = np.clip(inside / np.float32(max(1.0, radius / 5)), 0, 1)
        strength = spark.bright * (0.75 + 0.25 * math.sin(turn + 2 * spark.phase))
        _mix(_part(picture, top, left), soft * np.float32(strength), spark.colour)


@dataclass(frozen=True, slots=True)
class _Hill:
    """A wavy line at `level` of the height, with so many waves along one unit; phases in radians."""

    colour: Reals
    level: float
    swell: float
    waves: float
    phase: float


@dataclass(frozen=True, slots=True)
class _Spark:
    """A disc of light; `x`, `y` are shares of the sides, `radius` of the unit, `bright` of opaque."""

    colour: Reals
    x: float
    y: float
    radius: float
    bright: float
    phase: float


def _sky(palette: Palette, width: int, height: int, chance: Chance) -> Picture:
    """Return a gradient from the deep colour to the full one at the horizon, and to the dark below it.

    Noise below one step of colour keeps the steps from showing as bands.
    """
    stops = [palette.deep, palette.full, mixed(palette.deep, _BLACK, 0.3)]
    rows = np.linspace(0, 1, height)
    column = np.stack(
        [
            np.interp(rows, (0, _HORIZON, 1), [ycc(stop)[part] for stop in stops])
            for part in range(3)
        ]
    )
    noise = np.random.default_rng(chance.number("noise")).random((height, width)) - 0.5
    luma, blue, red = (values[:, None] + noise for values in column)
    return tuple(v.astype(np.float32) for v in (luma, blue[::2, ::2], red[::2, ::2]))


def _light(
    palette: Palette, x: Reals, y: Reals, unit: float, chance: Chance
) -> tuple[Reals, Reals]:
    """Return the opacity and the colour of a glow over the horizon."""
    at_x, at_y = chance.uniform(0.55, 0.8, "x") * len(x), (_HORIZON - 0.08) * len(y)
    away = np.hypot(x - np.float32(at_x), y[:, None] - np.float32(at_y)) / np.float32(unit)
    halo = 0.55 * np.exp(-((away / 0.34) ** 2))
    disc = 0.5 * np.clip((0.13 - away) / 0.012, 0, 1)
    return (halo + disc * (1 - halo)).astype(np.float32), ycc(palette.glow)


def _hill(palette: Palette, number: int, chance: Chance) -> _Hill:
    """Return the `number`-th hill from behind: the nearer, the darker."""
    near = (number + 1) / _HILLS
    far_colour = mixed(palette.full, palette.deep, 0.3)
    return _Hill(
        colour=ycc(mixed(far_colour, mixed(palette.deep, _BLACK, 0.25), near)),
        level=_HORIZON + 0.08 + 0.13 * number,
        swell=0.018 + 0.008 * number,
        waves=chance.uniform(0.5, 1.1, "waves"),
        phase=chance.uniform(0, math.tau, "phase"),
    )


def _spark(palette: Palette, chance: Chance) -> _Spark:
    return _Spark(
        colour=ycc(chance.choice((palette.glow, palette.spark), "colour")),
        x=chance.uniform(0, 1, "x"),
        y=chance.uniform(0, 0.9, "y"),
        radius=0.006 + 0.05 * chance.uniform(0, 1, "radius") ** 2,
        bright=chance.uniform(0.06, 0.28, "bright"),
        phase=chance.uniform(0, math.tau, "phase"),
    )


def _part(picture: Picture, top: int, left: int) -> Picture:
    """Return the picture below and right of an even place."""
    luma, blue, red = picture
    half = slice(top // 2, None), slice(left // 2, None)
    return luma[top:, left:], blue[half], red[half]


def _mix(picture: Picture, alpha: Reals, colour: Reals) -> None:
    """Lay a colour on the upper left of a picture, as opaque as `alpha` says."""
    shared = alpha[::2, ::2]
    for values, value, share in zip(picture, colour, (alpha, shared, shared), strict=True):
        under = values[: share.shape[0], : share.shape[1]]
        under += (value - under) * share[: under.shape[0], : under.shape[1]]
