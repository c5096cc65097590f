"""The canvas of a film: sides that H.264 can carry, a steady rate, and where a picture lies on it."""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_fakeserver.core.ports import RATES, SIDES


@dataclass(frozen=True, slots=True)
class Canvas:
    """Even `width` and `height` in pixels, `fps` in whole frames per second."""

    width: int
    height: int
    fps: int

    @classmethod
    def of(cls, width: int, height: int, fps: int) -> Canvas:
        """Return the nearest canvas that can be encoded; an odd side loses one pixel."""
        return cls(
            _within(width, SIDES) // 2 * 2, _within(height, SIDES) // 2 * 2, _within(fps, RATES)
        )

    def frames(self, seconds: float) -> int:
        """Return how many frames last `seconds`."""
        return round(seconds * self.fps)

    def fit(self, width: float, height: float) -> tuple[int, int, int, int]:
        """Return left, top, width and height (all even) of a picture shown whole and centred."""
        scale = min(self.width / width, self.height / height)
        w, h = (max(2, round(side * scale) // 2 * 2) for side in (width, height))
        return (self.width - w) // 4 * 2, (self.height - h) // 4 * 2, w, h


def _within(value: int, limits: tuple[int, int]) -> int:
    return min(max(value, limits[0]), limits[1])
