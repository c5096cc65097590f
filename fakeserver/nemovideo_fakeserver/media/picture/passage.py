"""A run of frames, and how soon it repeats itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from av.video.frame import VideoFrame


@dataclass(frozen=True, slots=True)
class Passage:
    """`frames` frames that begin as `pictures` does; these may go on for longer, or for ever.

    With a `loop`, the picture is the same again after so many frames (1: it stands still), so that
    nobody needs to draw, or to encode, more of it than that.
    """

    frames: int
    pictures: Iterable[VideoFrame]
    loop: int | None = None
