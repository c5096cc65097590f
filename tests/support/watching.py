"""Looking at films as a viewer does: which picture is seen at a second, and what is in it.

A picture is an array of rows of pixels of red, green and blue, from 0 to 255.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
Rgb: TypeAlias = tuple[int, int, int]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom, in shares of the picture's width and height."""

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
NEAR = 60.0
"""How far (as points in space) two colours lie apart that are still one to the eye, after encoding."""


def frames(film: Path, seconds: Iterable[float]) -> list[Picture]:
    """Return the pictures seen at some seconds, in rising order; the last one stays after the end."""
    wanted, seen = sorted(seconds), []
    shown: VideoFrame | None = None
    with av.open(str(film)) as file:
        for frame in file.decode(video=0):
            while wanted and shown is not None and (frame.time or 0.0) > wanted[0] + 1e-6:
                seen.append(_picture(shown))
                wanted.pop(0)
            if not wanted:
                return seen
            shown = frame
    assert shown is not None, f"{film} has no frame"
    return [*seen, *(_picture(shown) for _ in wanted)]


def _picture(frame: VideoFrame) -> Picture:
    return frame.to_ndarray(format="rgb24").astype(np.uint8)


def region(picture: Picture, box: Box) -> Picture:
    """Cut a part out of a picture."""
    tall, wide = picture.shape[:2]
    left, top, right, bottom = box
    return picture[
        round(top * tall) : round(bottom * tall), round(left * wide) : round(right * wide)
    ]


def colour(picture: Picture, box: Box = WHOLE) -> Rgb:
    """Return the mean colour of a part of a picture."""
    red, green, blue = region(picture, box).reshape(-1, 3).mean(axis=0)
    return round(red), round(green), round(blue)


def far(one: Rgb, other: Rgb) -> float:
    """Return how far two colours lie apart; 0 is the same, 441 black and white."""
    return float(np.linalg.norm(np.subtract(one, other)))


def ink(picture: Picture, of: Rgb, near: float = NEAR) -> Box | None:
    """Return the smallest box around all pixels near a colour; None when there are none."""
    spots = np.linalg.norm(picture.astype(np.float64) - of, axis=-1) < near
    if not spots.any():
        return None
    tall, wide = spots.shape
    rows, columns = (np.flatnonzero(spots.any(axis=axis)) for axis in (1, 0))
    return (
        float(columns[0] / wide),
        float(rows[0] / tall),
        float((columns[-1] + 1) / wide),
        float((rows[-1] + 1) / tall),
    )


def change(one: Picture, other: Picture) -> float:
    """Return by how much two pictures differ: the mean over pixels and channels, from 0 to 255."""
    return float(np.abs(one.astype(np.int16) - other).mean())
