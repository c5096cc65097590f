"""A picture that lets shine through what is under it, at a place on the canvas.

It is kept as a frame is: planes of Y, Cb and Cr with the opacity of each pixel, which for chroma is
that of the four pixels that share it. Painting is then one multiplication a pixel, in 16 bits:
255 steps of colour by 128 of opacity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from nemovideo_fakeserver.media.picture.colours import Reals, ycc
from nemovideo_fakeserver.media.picture.planes import Plane, copied, planes

Shorts: TypeAlias = NDArray[np.int16]

OPAQUE = 128
"""The opacity that hides what is under it."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """Layers of (colour, opacity) for Y, Cb and Cr with their corner at `left`, `top`, both even.

    Nothing changes after `of` made it. It may reach beyond a frame, or lie outside it.
    """

    left: int
    top: int
    layers: tuple[tuple[Shorts, Shorts], ...]

    @classmethod
    def of(cls, rgba: NDArray[Any], left: int = 0, top: int = 0) -> Overlay:
        """Make one of red, green, blue and opacity (0 to 255, rows by columns by four)."""
        odd = ((top % 2, (rgba.shape[0] + top) % 2), (left % 2, (rgba.shape[1] + left) % 2), (0, 0))
        padded = np.pad(rgba, odd).astype(np.float32)
        opacity = padded[..., 3] * np.float32(OPAQUE / 255)
        colours = ycc(padded[..., :3])
        shared = _squares(opacity)
        chroma = _squares(colours[..., 1:] * opacity[..., None])
        chroma /= np.maximum(shared, np.float32(1e-6))[..., None]
        pairs = (
            (colours[..., 0], opacity),
            (chroma[..., 0], shared),
            (chroma[..., 1], shared),
        )
        return cls(left - left % 2, top - top % 2, tuple(map(_layer, pairs)))

    @property
    def width(self) -> int:
        """Pixels from side to side, even."""
        return int(self.layers[0][0].shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom, even."""
        return int(self.layers[0][0].shape[0])

    def onto(self, frame: VideoFrame, strength: float = 1.0) -> VideoFrame:
        """Return a new frame (yuv420p) with this above it, faded to `strength` (0 to 1)."""
        painted = copied(frame)
        self.paint(painted, strength)
        return painted

    def paint(self, frame: VideoFrame, strength: float = 1.0) -> None:
        """Paint this on a frame (yuv420p) that nobody else holds, faded to `strength` (0 to 1)."""
        for plane, layer, share in zip(planes(frame), self.layers, (1, 2, 2), strict=True):
            _blend(plane, layer, self.left // share, self.top // share, strength)


def _squares(values: Reals) -> Reals:
    """Return the mean of every square of two by two."""
    return (
        values[::2, ::2] + values[1::2, ::2] + values[::2, 1::2] + values[1::2, 1::2]
    ) / np.float32(4)


def _layer(pair: tuple[Reals, Reals]) -> tuple[Shorts, Shorts]:
    colour, opacity = (np.rint(values).astype(np.int16) for values in pair)
    colour.flags.writeable = opacity.flags.writeable = False
    return colour, opacity


def _blend(
    plane: Plane, layer: tuple[Shorts, Shorts], left: int, top: int, strength: float
) -> None:
    """Mix what of a layer lies within the plane."""
    colour, opacity = (
        values[
            max(0, -top) : max(0, plane.shape[0] - top),
            max(0, -left) : max(0, plane.shape[1] - left),
        ]
        for values in layer
    )
    rows, columns = colour.shape
    if not (rows and columns and strength > 0):
        return
    under = plane[max(0, top) :, max(0, left) :][:rows, :columns]
    if strength < 1:
        opacity = (opacity * np.float32(strength) + np.float32(0.5)).astype(np.int16)
    change = colour - under
    change *= opacity
    change += OPAQUE // 2
    change >>= 7
    change += under
    under[:] = change
