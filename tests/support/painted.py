"""Looking at words and overlays on a grey ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.picture.planes import planes
from nemovideo_fakeserver.media.timeline.captions import Caption

GREY = 126


def grey(width: int, height: int) -> VideoFrame:
    """Return a grey frame."""
    frame = VideoFrame(width, height, "yuv420p")
    for plane, value in zip(planes(frame), (GREY * 219 // 255 + 16, 128, 128), strict=True):
        plane[:] = value
    return frame


def rgb(frame: VideoFrame) -> NDArray[Any]:
    """Return red, green and blue of a frame, from 0 to 255, as numbers that may be subtracted."""
    return frame.to_ndarray(format="rgb24").astype(int)


def captioned(text: str, *, size: tuple[int, int] = (320, 180), **about: Any) -> Seen:
    """Letter some words on a grey frame; `points` is the caption's size."""
    about["size"] = about.pop("points", 100.0)
    caption = Caption(text=text, start=0, seconds=1, **about)
    return Seen(rgb(lettered(caption, Canvas(*size, 10)).onto(grey(*size))))


@dataclass(frozen=True)
class Seen:
    """A picture in red, green and blue, and what in it is not grey."""

    rgb: NDArray[Any]

    @property
    def changed(self) -> NDArray[np.bool_]:
        """The pixels that are clearly not grey."""
        return np.asarray(np.abs(self.rgb - GREY).max(axis=-1) > 24)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is not grey, as shares of the picture's sides."""
        rows, columns = (np.flatnonzero(self.changed.any(axis)) for axis in (1, 0))
        height, width = self.changed.shape
        return (
            columns[0] / width,
            rows[0] / height,
            (columns[-1] + 1) / width,
            (rows[-1] + 1) / height,
        )

    def like(self, colour: tuple[int, int, int], tolerance: int = 40) -> NDArray[np.bool_]:
        """Return the pixels of about this colour."""
        return np.asarray(np.abs(self.rgb - colour).max(axis=-1) <= tolerance)
