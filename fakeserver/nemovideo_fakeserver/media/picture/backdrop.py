"""The ground of a card: a low sun, ridges before it that are darker the nearer they are, and drifting sparks.

It is drawn at a quarter of its size, which softens it, and scaled up. All that moves does so in
whole turns of a loop, so that the picture after the last is the first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.colours import Reals, mixed, ycc
from nemovideo_fakeserver.media.picture.palette import Palette, palette
from nemovideo_fakeserver.media.picture.planes import planes
from nemovideo_fakeserver.media.picture.ridge import Ridge, is_city, ridge, windows
from nemovideo_fakeserver.media.picture.wash import Wash, cover, part, shine
from nemovideo_fakeserver.media.timeline.colours import Rgb

SHRUNK = 4
"""How many pixels of the canvas, along each side, one pixel of the drawing becomes."""

_HORIZON = 0.48
_RIDGES = 3
_SPARKS = 18
_BLACK: Rgb = (0, 0, 0)


class Backdrop:
    """Pictures in the colours of `subject`, laid out by `chance`, the same again after `loop` frames."""

    def __init__(self, canvas: Canvas, subject: str, chance: Chance, loop: int) -> None:
        colours = palette(subject)
        self._canvas, self._loop = canvas, loop
        width, height = (
            max(min(side, 16), side // SHRUNK) // 2 * 2 for side in (canvas.width, canvas.height)
        )
        self._x, self._y = (np.arange(side, dtype=np.float32) for side in (width, height))
        self._unit = math.sqrt(width * height)
        self._sky = _gradient(colours, width, height, chance)
        self._halo = self._lit(self._sky, colours, chance)
        self._glow, self._lamp = ycc(colours.glow), ycc(colours.spark)
        self._ridges = [
            _Layer(
                heights=ridge(subject, chance.at("ridge", number)),
                level=_HORIZON + 0.09 + 0.14 * number,
                colour=_distant(colours, (number + 1) / _RIDGES),
                windows=windows(width, height, chance.at(number))
                if is_city(subject) and number < _RIDGES - 1  # words stand before the nearest
                else None,
            )
            for number in range(_RIDGES)
        ]
        self._sparks = [_spark(colours, chance.at("spark", n)) for n in range(_SPARKS)]
        self._scaler = VideoReformatter()

    def frame(self, number: int) -> VideoFrame:
        """Return the `number`-th frame (yuv420p), which nobody else holds."""
        turn = math.tau * (number % self._loop) / self._loop
        picture = self._sky[0].copy(), self._sky[1].copy(), self._sky[2].copy()
        shine(picture, self._halo * np.float32(0.9 + 0.1 * math.sin(turn)), self._glow)
        for layer in self._ridges:
            self._rise(picture, layer, turn)
        for spark in self._sparks:
            self._drift(picture, spark, turn)
        return self._scaled(picture)

    def _lit(self, sky: Wash, colours: Palette, chance: Chance) -> Reals:
        """Draw the disc of the sun into the sky, and return how strong its light is around it."""
        x = chance.uniform(0.55, 0.82, "sun") * len(self._x)
        y = (_HORIZON - chance.uniform(0.04, 0.12, "height")) * len(self._y)
        away = np.hypot(self._x - np.float32(x), self._y[:, None] - np.float32(y))
        radius = chance.uniform(0.1, 0.15, "radius") * self._unit
        disc = np.clip((radius - away) / np.float32(0.015 * self._unit + 0.5), 0, 1)
        cover(sky, disc * np.float32(0.9), ycc(colours.glow))
        lower = np.clip((self._y - np.float32(y)) / np.float32(2 * radius) + np.float32(0.5), 0, 1)
        cover(sky, disc * (1 - lower)[:, None], ycc(colours.spark))
        halo: Reals = np.exp(-away / np.float32(0.24 * self._unit)) * (1 - disc)
        return halo * np.float32(0.75)

    def _rise(self, picture: Wash, layer: _Layer, turn: float) -> None:
        """Draw what is under a ridge."""
        along = self._x / np.float32(self._unit)
        edge = np.float32(layer.level * len(self._y)) - layer.heights(along, turn) * self._unit
        top = max(0, int(edge.min()) - 1) // 2 * 2
        depth = self._y[top:, None] - edge.astype(np.float32)
        under = np.clip(depth, 0, 1)
        cover(part(picture, top, 0), under, layer.colour)
        if layer.windows is not None:
            cover(part(picture, top, 0), under * layer.windows[top:], self._lamp)

    def _drift(self, picture: Wash, spark: _Spark, turn: float) -> None:
        """Draw a disc of light with a soft rim."""
        radius = max(1.0, spark.radius * self._unit)
        x = spark.x * len(self._x) + 0.02 * self._unit * math.cos(turn + spark.phase)
        y = spark.y * len(self._y) + 0.03 * self._unit * math.sin(turn + spark.phase)
        left, top = (max(0, int(at - radius) - 1) // 2 * 2 for at in (x, y))
        columns, rows = self._x[left : int(x + radius) + 3], self._y[top : int(y + radius) + 3]
        inside = radius - np.hypot(columns - np.float32(x), rows[:, None] - np.float32(y))
        soft = np.clip(inside / np.float32(max(1.0, radius / 5)), 0, 1)
        strength = spark.bright * (0.75 + 0.25 * math.sin(turn + 2 * spark.phase))
        cover(part(picture, top, left), soft * np.float32(strength), spark.colour)

    def _scaled(self, picture: Wash) -> VideoFrame:
        small = VideoFrame(len(self._x), len(self._y), "yuv420p")
        for plane, values in zip(planes(small), picture, strict=True):
            np.rint(np.clip(values, 16, 240, out=values), out=plane, casting="unsafe")
        return self._scaler.reformat(
            small, self._canvas.width, self._canvas.height, interpolation=Interpolation.BICUBIC
        )


@dataclass(frozen=True, slots=True)
class _Layer:
    """What is under a ridge, whose level is a share of the height."""

    heights: Ridge
    level: float
    colour: Reals
    windows: Reals | None


@dataclass(frozen=True, slots=True)
class _Spark:
    """A disc of light; `x`, `y` are shares of the sides, `radius` of the unit, `bright` of opaque."""

    colour: Reals
    x: float
    y: float
    radius: float
    bright: float
    phase: float


def _gradient(colours: Palette, width: int, height: int, chance: Chance) -> Wash:
    """Return a sky from the deep colour to the full one at the horizon.

    Noise below one step of colour keeps the steps from showing as bands.
    """
    stops = [ycc(colour) for colour in (colours.deep, colours.full, colours.full)]
    rows = np.linspace(0, 1, height)
    noise = np.random.default_rng(chance.number("noise")).random((height, width)) - 0.5
    luma, blue, red = (
        (np.interp(rows, (0, _HORIZON, 1), levels)[:, None] + noise).astype(np.float32)
        for levels in zip(*stops, strict=True)
    )
    return luma, blue[::2, ::2], red[::2, ::2]


def _distant(colours: Palette, near: float) -> Reals:
    """Return the colour of a ridge: nearly that of the sky when it is far, nearly black when near."""
    far = mixed(colours.full, colours.deep, 0.3)
    return ycc(mixed(far, mixed(colours.deep, _BLACK, 0.25), near))


def _spark(colours: Palette, chance: Chance) -> _Spark:
    return _Spark(
        colour=ycc(chance.choice((colours.glow, colours.spark), "colour")),
        x=chance.uniform(0, 1, "x"),
        y=chance.uniform(0, 0.9, "y"),
        radius=0.006 + 0.05 * chance.uniform(0, 1, "radius") ** 2,
        bright=chance.uniform(0.06, 0.28, "bright"),
        phase=chance.uniform(0, math.tau, "phase"),
    )
