"""Rising from nothing and falling back to it, counted in frames; a picture falls to black."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.planes import copied, planes
from nemovideo_fakeserver.media.picture.scene import BLACK
from nemovideo_fakeserver.media.timeline.captions import Caption
from nemovideo_fakeserver.media.timeline.clips import Clip

Span: TypeAlias = tuple[int, int]
"""A first frame, and the one after the last."""

_STEPS = 256
"""Steps of light: all that 16 bits hold beside a value."""


@dataclass(frozen=True, slots=True)
class Fade:
    """From frame `first` up to `last` (that one is past), with a rise and a fall of so many frames.

    The first frame of a rise and the last one of a fall show nothing.
    """

    first: int
    last: int
    rise: int
    fall: int

    @classmethod
    def of(cls, timed: Clip | Caption, canvas: Canvas) -> Fade:
        """Return when a clip or a caption is there, and how much."""
        return cls(
            canvas.frames(timed.start),
            canvas.frames(timed.end),
            canvas.frames(timed.fade_in),
            canvas.frames(timed.fade_out),
        )

    @property
    def spans(self) -> tuple[Span, Span]:
        """The frames at which it rises, and those at which it falls."""
        return (self.first, self.first + self.rise), (self.last - self.fall, self.last)

    def level(self, frame: int) -> float:
        """Return how much of it is there at a frame of the film, from 0 to 1."""
        up = (frame - self.first) / self.rise if self.rise else 1.0
        down = (self.last - 1 - frame) / self.fall if self.fall else 1.0
        return min(max(min(up, down), 0.0), 1.0)


def darkened(frame: VideoFrame, level: float) -> VideoFrame:
    """Return the frame with so much of its light; 1 is the frame itself, 0 is black."""
    share = round(level * _STEPS)
    if share == _STEPS:
        return frame
    dark = copied(frame)
    for plane, zero in zip(planes(dark), BLACK, strict=True):
        light = plane * np.uint16(share)
        light += np.uint16(zero * (_STEPS - share) + _STEPS // 2)
        plane[:] = light >> 8
    return dark
