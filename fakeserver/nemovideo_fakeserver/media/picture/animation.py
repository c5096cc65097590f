"""Animated pictures (GIF, WebP, PNG): each frame for its own time, from the first again after the last.

How long each is shown is only known once all were read, so a picture is read through before it is shown.
What is read is bounded: an animation that is longer, or breaks off, begins again where that ends.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, count
from math import gcd
from pathlib import Path

from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_fakeserver.media.opening import pictures
from nemovideo_fakeserver.media.opening.sniff import sniff
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
    ) -> None:
        self._path = path
        self._laid = laid
        self._skipped = skipped
        self._ends = [laid.canvas.fps * end for end in accumulate(lengths)]

    @property
    def loop(self) -> int:
        """The frames after which the film is at the very beginning of the animation again."""
        return self._ends[-1] // gcd(self._ends[-1], 1000)

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Yield what is due at each frame of the film."""
        with pictures.reopened(self._path) as image:
            at, shown = -1, None
            for number in count(first + self._skipped):
                due = bisect(self._ends, number * 1000 % self._ends[-1])
                if shown is None or due != at:
                    _turn(image, due)
                    at, shown = due, self._laid(still.fitted(image, self._laid.canvas))
                yield shown


def moves(path: Path) -> bool:
    """Say whether the head of a file promises an animation; False of what cannot be opened."""
    try:
        with path.open("rb") as file, pictures.opened(file, sniff(file) or "") as image:
            return bool(getattr(image, "is_animated", False))
    except Exception:  # foreign parsers raise whatever broken bytes lead them to
        return False


def lengths(path: Path) -> list[int]:
    """Return how many milliseconds each frame is shown; nothing of a picture that stands still."""
    with pictures.reopened(path) as image:
        if not getattr(image, "is_animated", False):
            return []
        most = min(MOST_FRAMES, int(MOST_PIXELS // (image.width * image.height)))
        found: list[int] = []
        while len(found) < most and _turned(image, len(found)):
            length = round(image.info.get("duration", 0))
            found.append(length if length >= SHORTEST else USUAL)
    return found if len(found) > 1 else []


def _turned(image: Image.Image, number: int) -> bool:
    """Go to a frame; False when there is none, or it is broken."""
    try:
        image.seek(number)
        image.load()
    except Exception:  # foreign parsers raise whatever broken bytes lead them to
        return False
    return True


def _turn(image: Image.Image, number: int) -> None:
    """Go to a frame one by one, for each builds upon the one before."""
    for step in range(image.tell() + 1 if image.tell() < number else 0, number + 1):
        image.seek(step)
        image.load()
