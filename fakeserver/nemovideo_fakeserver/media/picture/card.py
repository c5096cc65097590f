"""The card that stands for a generated scene."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.colours import ycc
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.picture.planes import planes
from nemovideo_fakeserver.media.timeline.captions import Caption

SECONDS = 4
"""After so many seconds a card's picture begins again."""


class Card:
    """A designed picture of `subject`, the `scene`-th of its film (None: no number), that moves gently.

    It repeats itself after `loop` frames, without a seam.
    """

    def __init__(self, canvas: Canvas, subject: str, scene: int | None, seed: int) -> None:
        self.loop = SECONDS * canvas.fps
        self._canvas = canvas
        self._words = lettered(Caption(text=subject, start=0, seconds=1), canvas)

    def frames(self, first: int = 0) -> Iterator[VideoFrame]:
        """Yield frames (yuv420p) for ever, from the `first`-th on; nobody else holds them."""
        for _ in count(first):
            frame = VideoFrame(self._canvas.width, self._canvas.height, "yuv420p")
            for plane, value in zip(planes(frame), ycc((40, 60, 110)), strict=True):
                plane[:] = round(float(value))
            self._words.paint(frame)
            yield frame
