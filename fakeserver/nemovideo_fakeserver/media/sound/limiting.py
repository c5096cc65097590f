"""A limiter with look-ahead: what would be too loud is turned down as a whole, not cut off.

The level is down before a peak comes and recovers slowly after it, so that the wave keeps its shape.
As long as nothing exceeds the ceiling, samples pass as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from nemovideo_fakeserver.media.samples import RATE, Samples, silence
from nemovideo_fakeserver.media.sound.windows import WINDOW, curve, peaks

CEILING = 10 ** (-1 / 20)
"""The highest peak that comes out: -1 dBFS, which leaves room for what an encoder adds."""

RECOVERY = 0.3
"""Seconds in which the level would rise from nothing to all."""

_RISE = WINDOW / RATE / RECOVERY


def limited(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Yield blocks in which nothing exceeds `CEILING`; each is held until the next one is known."""
    level: float | None = None
    for block, following in pairwise(chain(blocks, [silence(0)])):
        loudest = [*peaks(block).tolist(), *peaks(following[:WINDOW]).tolist(), 0.0]
        bearable = [CEILING / max(peak, CEILING) for peak in loudest]
        level = bearable[0] if level is None else level
        borders = [level]
        for here, then in pairwise(bearable[: -(-len(block) // WINDOW) + 1]):
            level = min(here, then, level + _RISE)
            borders.append(level)
        yield block if min(borders) == 1 else block * curve(borders, len(block))
