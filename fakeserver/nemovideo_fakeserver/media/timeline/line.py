"""A film before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.timeline.captions import Caption
from nemovideo_fakeserver.media.timeline.clips import Clip
from nemovideo_fakeserver.media.timeline.shots import Shot


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A film of `frames` frames: shots end to end, the words above them, and lanes of sounds."""

    canvas: Canvas
    frames: int
    shots: tuple[Shot, ...]
    captions: tuple[Caption, ...]
    lanes: tuple[tuple[Clip, ...], ...]
    title: str = ""

    @property
    def seconds(self) -> float:
        """The film's length."""
        return self.frames / self.canvas.fps
