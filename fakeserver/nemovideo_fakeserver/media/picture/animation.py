"""Animated pictures (GIF, WebP, PNG): each frame for its own time, from the first again after the last.

How long each is shown is only known once all were read, so a picture is read through before it is shown.
What is read is bounded: an animation that is longer, or breaks off, begins again where that ends.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, count
from math import gcd
from pathlib import Path

from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_fakeserver.media.picture import still
from nemovideo_fakeserver.media.picture.laying import Laid

MOST_FRAMES = 1000
MOST_PIXELS = 1e9
"""How much of an animation is played."""

SHORTEST, USUAL = 11, 100
"""Milliseconds: a frame that asks for less than the shortest is shown as long as browsers do."""


class Animation:
    """A scene of an animated picture whose first frames last `lengths` (milliseconds), `skipped` frames into it."""

    def __init__(
        self,
        path: Path,
        laid: Laid,
        *,
        lengths: Sequence[int],
        skipped: int,
        proceed: Callable[[], None],
    ) -> None:
        self._path = path
        self._laid = laid
        self._skipped = skipped
        self._proceed = proceed
        self._ends = [laid.canvas.fps * end for end in accumulate(lengths)]

    @property
    def loop(self) -> int:
        """The frames after which the film is at the very beginning of the animation again."""
        return self._ends[-1] // gcd(self._ends[-1], 1000)

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Yield what is due at each frame of the film, asking `proceed` before any is decoded."""
        with still.reopened(self._path) as image:
            at, shown = -1, None
            for number in count(first + self._skipped):
                due = bisect(self._ends, number * 1000 % self._ends[-1])
                if shown is None or due != at:
                    _turn(image, due, self._proceed)
                    at, shown = due, self._laid(still.fitted(image, self._laid.canvas))
                yield shown


def lengths(path: Path, proceed: Callable[[], None]) -> list[int]:
    """Return how many milliseconds each frame is shown; nothing of a picture that stands still."""
    with still.reopened(path) as image:
        if not getattr(image, "is_animated", False):
            return []
        most = min(MOST_FRAMES, int(MOST_PIXELS // (image.width * image.height)))
        found: list[int] = []
        while len(found) < most and _turned(image, len(found), proceed):
            length = round(image.info.get("duration", 0))
            found.append(length if length >= SHORTEST else USUAL)
    return found if len(found) > 1 else []


def _turned(image: Image.Image, number: int, proceed: Callable[[], None]) -> bool:
    """Go to a frame; False when there is none, or it is broken."""
    proceed()
    try:
        image.seek(number)
        image.load()
    except Exception:  # foreign parsers raise whatever broken bytes lead them to
        return False
    return True


def _turn(image: Image.Image, number: int, proceed: Callable[[], None]) -> None:
    """Go to a frame one by one, for each builds upon the one before."""
    for step in range(image.tell() + 1 if image.tell() < number else 0, number + 1):
        proceed()
        image.seek(step)
        image.load()
