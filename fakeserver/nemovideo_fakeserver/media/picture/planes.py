"""The pixels of a yuv420p frame as arrays: one plane of luma, two of chroma at half the size."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

Plane: TypeAlias = NDArray[np.uint8]


def planes(frame: VideoFrame) -> tuple[Plane, Plane, Plane]:
    """Return Y, Cb and Cr of a frame: views, to read and to write."""
    luma, blue, red = (
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[
            : plane.height, : plane.width
        ]
        for plane in frame.planes
    )
    return luma, blue, red


def copied(frame: VideoFrame) -> VideoFrame:
    """Return a frame with the same pixels that shares none of them."""
    twin = VideoFrame(frame.width, frame.height, "yuv420p")
    for to, source in zip(planes(twin), planes(frame), strict=True):
        to[:] = source
    return twin
