"""Which picture is seen when: shots end to end.

Pictures do not mix: of those that cover a frame, the first in the order of tracks and segments is
shown, and a later track overlays nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.timeline.clips import Clip


@dataclass(frozen=True, slots=True)
class Shot:
    """A run of frames that show one clip (None: black), the first of them `skipped` frames into it."""

    clip: Clip | None
    first: int
    frames: int
    skipped: int = 0


def shots(clips: Iterable[Clip], canvas: Canvas, frames: int) -> tuple[Shot, ...]:
    """Let each clip in turn fill what is still free; what nobody fills stays black."""
    free, found = [(0, frames)], []
    for clip in clips:
        first, last, left = canvas.frames(clip.start), canvas.frames(clip.end), []
        for low, high in free:
            start, end = max(low, first), min(high, last)
            if start >= end:
                left.append((low, high))
                continue
            found.append(Shot(clip, start, end - start, start - first))
            left += [(a, b) for a, b in ((low, start), (end, high)) if a < b]
        free = left
    found += [Shot(None, low, high - low) for low, high in free]
    return tuple(sorted(found, key=lambda shot: shot.first))
