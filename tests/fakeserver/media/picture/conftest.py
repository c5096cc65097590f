"""Looking at what was painted on a grey frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.picture.planes import planes
from nemovideo_fakeserver.media.timeline.captions import Caption

GREY = 126


@dataclass(frozen=True)
class Seen:
    """What differs from grey: its sides as shares of the frame, and the pixels in red, green, blue."""

    rgb: NDArray[np.uint8]

    @property
    def changed(self) -> NDArray[np.bool_]:
        return np.abs(self.rgb.astype(int) - GREY).max(axis=-1) > 24

    @property
    def ink(self) -> int:
        return int(self.changed.sum())

    def like(self, colour: tuple[int, int, int], tolerance: int = 40) -> NDArray[np.bool_]:
        """The pixels of about this colour."""
        return np.abs(self.rgb.astype(int) - colour).max(axis=-1) <= tolerance

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what changed, from 0 to 1."""
        rows, columns = (np.flatnonzero(self.changed.any(axis)) for axis in (1, 0))
        height, width = self.changed.shape
        return (
            columns[0] / width,
            rows[0] / height,
            (columns[-1] + 1) / width,
            (rows[-1] + 1) / height,
        )


Seeing: TypeAlias = Callable[..., Seen]


def grey(width: int, height: int) -> VideoFrame:
    frame = VideoFrame(width, height, "yuv420p")
    for plane, value in zip(planes(frame), (GREY * 219 // 255 + 16, 128, 128), strict=True):
        plane[:] = value
    return frame


@pytest.fixture
def grey_frame() -> Callable[[int, int], VideoFrame]:
    """Make a grey frame of a size."""
    return grey


@pytest.fixture
def seen() -> Seeing:
    """Letter some words on a grey frame of 320x180, or of another canvas, and look."""

    def look(text: str, *, size: tuple[int, int] = (320, 180), **about: Any) -> Seen:
        canvas = Canvas(*size, 10)
        about["size"] = about.pop("points", 100.0)
        caption = Caption(text=text, start=0, seconds=1, **about)
        return Seen(lettered(caption, canvas).onto(grey(*size)).to_ndarray(format="rgb24"))

    return look
