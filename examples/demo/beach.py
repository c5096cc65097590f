"""A beach at sunset: what is seen at a second, and what is heard.

One swell in `SWELL` seconds moves the foam on the sand, and is what one hears.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 640, 360
RATE = 48_000
SWELL = 4.0

Plane: TypeAlias = NDArray[np.float32]

_HORIZON, _SHORE = 0.5, 0.8
_BEACH = round(HEIGHT * 0.31)
"""The rows, from below, that foam and sand may reach."""

_SUN = (0.64, 0.07)
"""Where the sun stands from the left, and its radius, in shares of the width."""

_SKY = ((38, 62, 124), (226, 122, 110), (255, 206, 128))
_SEA = ((236, 158, 118), (44, 106, 146), (22, 132, 150))
_SAND = ((196, 156, 112), (232, 200, 150))
_SAIL, _HULL = (250, 238, 224), (74, 52, 60)


def picture(second: float) -> Image.Image:
    """Return the picture at `second`."""
    page = np.concatenate([_sky(second), _sea(second)])
    page[-_BEACH:] = _swash(page[-_BEACH:], second)
    image = Image.fromarray(page.clip(0, 255).astype(np.uint8))
    _boat(ImageDraw.Draw(image), second)
    return image


def sound(seconds: float) -> Plane:
    """Return waves that come and go, silent between, as samples from -1 to 1."""
    samples = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(8).standard_normal(samples))
    pitch = np.fft.rfftfreq(samples, 1 / RATE)
    hiss = np.fft.irfft(spectrum / (1 + (pitch / 500) ** 1.2), samples)
    at = np.arange(samples) / RATE
    breath = 0.02 + 0.98 * ((1 + _swell(at - 0.3)) / 2) ** 3
    edges = np.minimum(1, np.minimum(at, seconds - at) / 0.2)
    waves: Plane = (0.3 * hiss / np.abs(hiss).max() * breath * edges).astype(np.float32)
    return waves


def _swell(second: Any) -> Any:
    return np.sin(np.pi * 2 * second / SWELL)


@cache
def _places(top: float, bottom: float = 1.0) -> tuple[Plane, Plane]:
    """Return how far each pixel between two heights is from the left, and from the top, from 0 to 1."""
    rows = slice(round(top * HEIGHT), round(bottom * HEIGHT))
    down, across = np.mgrid[rows, 0:WIDTH].astype(np.float32)
    return across / WIDTH, down / HEIGHT


def _mixed(page: Plane, share: Plane, colour: tuple[int, int, int] | Plane) -> Plane:
    """Return `page` with its `share` of pixels (0 to 1) turned to a colour."""
    return page + share[..., None] * (np.asarray(colour, np.float32) - page)


def _blend(share: Plane, colours: tuple[tuple[int, int, int], ...]) -> Plane:
    """Return colours that turn one into the next while `share` goes from 0 to 1, with three channels last."""
    stops = np.linspace(0, 1, len(colours))
    channels = [np.interp(share, stops, values) for values in zip(*colours, strict=True)]
    return np.stack(channels, axis=-1).astype(np.float32)


def _height(second: float) -> float:
    """Return where the sun stands from the top: it sinks."""
    return _HORIZON - 0.2 + 0.008 * second


def _sky(second: float) -> Plane:
    across, down = _places(0, _HORIZON)
    away = np.hypot(across - _SUN[0], (down - _height(second)) * HEIGHT / WIDTH)
    sky = _mixed(_evening(), 0.55 * np.exp(-away / 0.16), (255, 214, 140))
    return _mixed(sky, ((_SUN[1] - away) * WIDTH / 1.5).clip(0, 1), (255, 244, 214))


@cache
def _evening() -> Plane:
    return _blend(_places(0, _HORIZON)[1] / _HORIZON, _SKY)


def _sea(second: float) -> Plane:
    """Ripples, closer together where they are farther away, with the sun's path upon them."""
    across, down = _places(_HORIZON)
    near = down - _HORIZON + 0.004
    waves = np.sin(5.2 / (near + 0.05) + 2.4 * second + 3 * np.sin(7 * across + second))
    waves *= np.sin(across * 6 / (near + 0.06) - 1.1 * second)
    path = np.exp(-(((across - _SUN[0]) / (0.05 + 0.32 * near)) ** 2))
    glitter = 0.9 * path * (waves + 0.35).clip(0, 1)
    return _mixed(_water() + (14 * waves)[..., None], glitter, (255, 222, 160))


@cache
def _water() -> Plane:
    far = (_places(_HORIZON)[1] - _HORIZON) / (_SHORE - _HORIZON)
    return _blend(np.sqrt(far.clip(0, 1)), _SEA)


def _swash(sea: Plane, second: float) -> Plane:
    """Sand where the sea has gone, dark where it is wet, and the foam between them."""
    across, down = _places(1 - _BEACH / HEIGHT)
    shore = _SHORE + 0.035 * _swell(second) + 0.012 * np.sin(9 * across + 0.6 * second)
    behind = down - shore
    wet = 1 - 0.28 * np.exp(-behind.clip(0) / 0.035)
    beach = _mixed(sea, (behind > 0).astype(np.float32), _sand() * wet[..., None])
    foam = np.exp(-((behind / 0.008) ** 2)) + 0.35 * np.exp(-(((behind + 0.03) / 0.012) ** 2))
    return _mixed(beach, foam, (255, 255, 255))


@cache
def _sand() -> Plane:
    return _blend((_places(1 - _BEACH / HEIGHT)[1] - _SHORE) / (1 - _SHORE), _SAND)


def _boat(draw: ImageDraw.ImageDraw, second: float) -> None:
    left, water = 0.1 * WIDTH + 9 * second, _HORIZON * HEIGHT + 9 + 1.2 * _swell(second)
    draw.polygon(
        [(left, water - 6), (left + 44, water - 6), (left + 36, water), (left + 7, water)], _HULL
    )
    draw.polygon([(left + 20, water - 46), (left + 20, water - 9), (left - 2, water - 9)], _SAIL)
    draw.polygon([(left + 23, water - 40), (left + 23, water - 9), (left + 40, water - 9)], _SAIL)
