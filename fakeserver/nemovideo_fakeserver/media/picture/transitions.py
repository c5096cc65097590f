"""How a clip takes over from the one before it: by what share of the way gone, plane by plane.

A grid says how many pixels of a plane lie in one of chroma, so that edges fall on the same place in
all three planes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.planes import Plane, copied, planes
from nemovideo_fakeserver.media.timeline.shots import Shot

SECONDS = 0.6
"""How long a transition lasts at most; it never lasts longer than half of its shot."""

Mix: TypeAlias = Callable[[Plane, Plane, float, int], None]
"""Changes the plane before towards the plane after; the share lies between 0 and 1."""


def _dissolve(before: Plane, after: Plane, share: float, grid: int) -> None:  # noqa: ARG001 - a mix's signature
    weight = round(share * 256)
    mixed = before * np.uint16(256 - weight)
    mixed += after * np.uint16(weight)
    mixed += np.uint16(128)
    before[:] = mixed >> 8


def _wipe(before: Plane, after: Plane, share: float, grid: int) -> None:
    """Draw a curtain from left to right."""
    edge = _on_grid(share * before.shape[1], grid)
    before[:, :edge] = after[:, :edge]


def _slide(before: Plane, after: Plane, share: float, grid: int) -> None:
    """Push the new picture in from the right."""
    width = _on_grid(share * before.shape[1], grid)
    before[:, before.shape[1] - width :] = after[:, :width]


def _zoom(before: Plane, after: Plane, share: float, grid: int) -> None:
    """Let the new picture grow out of the middle."""
    inner = [_on_grid(share * side, 2 * grid) for side in before.shape]
    rows, columns = (
        np.arange(small) * side // max(small, 1)
        for small, side in zip(inner, before.shape, strict=True)
    )
    top, left = (
        (side - small) // (2 * grid) * grid for small, side in zip(inner, before.shape, strict=True)
    )
    before[top : top + inner[0], left : left + inner[1]] = after[np.ix_(rows, columns)]


def _on_grid(pixels: float, grid: int) -> int:
    return round(pixels / grid) * grid


MIXES: Mapping[str, Mix] = {
    "crossfade": _dissolve,
    "dissolve": _dissolve,
    "wipe": _wipe,
    "slide": _slide,
    "zoom": _zoom,
}
"""The transitions, by the names the agent gives them; any other is a cut."""


@dataclass(frozen=True, slots=True)
class Joint:
    """The frames of the film, from `first` to before `last`, at which a clip takes over by `mix`."""

    first: int
    last: int
    mix: Mix

    @classmethod
    def of(cls, shot: Shot, before: Shot | None, canvas: Canvas) -> Joint | None:
        """Return how a clip whose beginning is seen follows the one right before it; None for a cut."""
        if shot.clip is None or shot.skipped or before is None or before.clip is None:
            return None
        mix = MIXES.get(shot.clip.transition)
        frames = min(canvas.frames(SECONDS), shot.frames // 2)
        return cls(shot.first, shot.first + frames, mix) if mix is not None and frames else None

    def between(self, before: VideoFrame, after: VideoFrame, number: int) -> VideoFrame:
        """Return the film's frame of that number, on the way from one picture to the other."""
        share = (number - self.first + 1) / (self.last - self.first + 1)
        frame = copied(before)
        for plane, to, grid in zip(planes(frame), planes(after), (2, 1, 1), strict=True):
            self.mix(plane, to, share, grid)
        return frame
