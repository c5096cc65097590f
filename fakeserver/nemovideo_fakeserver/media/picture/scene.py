"""What a shot shows, before anything is laid above it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import Protocol

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.planes import planes

BLACK = (16, 128, 128)
"""Y, Cb and Cr of black in the range of television."""


class Scene(Protocol):
    """Pictures without end, each of the canvas's size in yuv420p.

    With a `loop`, the picture is the same again after so many frames (1: it stands still). Frames that
    were handed out are never changed, by nobody: the same one may come again.
    """

    @property
    def loop(self) -> int | None:
        """Frames from a picture to the same one."""
        ...

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Yield the pictures from that frame of the clip on."""
        ...


class Standing:
    """A picture that stands still."""

    loop = 1

    def __init__(self, frame: VideoFrame) -> None:
        self._frame = frame

    def frames(self, first: int) -> Iterator[VideoFrame]:  # noqa: ARG002 - a scene's signature
        """Yield the one picture again and again."""
        return repeat(self._frame)


def black(canvas: Canvas) -> VideoFrame:
    """Return a black frame."""
    frame = VideoFrame(canvas.width, canvas.height, "yuv420p")
    for plane, value in zip(planes(frame), BLACK, strict=True):
        plane[:] = value
    return frame
