"""Ducking: music steps back while something else is heard, and comes back when it is over.

An envelope follower listens to the other sounds, window by window, and says how far the music is to
step back: from 0 (not at all) to 1 (by all of its share). Between windows it moves in straight lines.
"""

from __future__ import annotations

from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.sound.windows import WINDOW, curve, peaks

THRESHOLD = 10 ** (-40 / 20)
"""The peak from which on a sound counts as heard: -40 dBFS."""

ATTACK, RELEASE = 0.1, 0.5
"""Seconds from 0 to 1, and from 1 back to 0."""

_RISE, _FALL = (WINDOW / RATE / seconds for seconds in (ATTACK, RELEASE))


class Follower:
    """Follows the sounds that music gives way to, block after block."""

    def __init__(self) -> None:
        self._depth = 0.0

    def __call__(self, block: Samples) -> Samples:
        """Return how far music steps back at each sample while `block` is heard."""
        depth = self._depth
        borders = [depth]
        for peak in peaks(block):
            depth = min(1.0, depth + _RISE) if peak > THRESHOLD else max(0.0, depth - _FALL)
            borders.append(depth)
        self._depth = depth
        return curve(borders, len(block))
