"""A clip as it is heard: its samples at its volume, between its fades, exactly as long as it is."""

from __future__ import annotations

import math
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from nemovideo_fakeserver.media.samples import RATE, Samples, silence
from nemovideo_fakeserver.media.score.music import music
from nemovideo_fakeserver.media.sound.pace import paced
from nemovideo_fakeserver.media.sound.recording import recorded
from nemovideo_fakeserver.media.timeline.clips import Clip


class Playing:
    """A clip in a film of `total` samples: it is heard from sample `first` to before sample `last`."""

    def __init__(self, clip: Clip, total: int) -> None:
        self.first, self.last = (min(total, round(s * RATE)) for s in (clip.start, clip.end))
        self.duck = np.float32(clip.duck)
        self._clip = clip
        self._chunks = _source(clip)
        self._held = silence(0)
        self._taken = 0

    def take(self, samples: int) -> Samples:
        """Return the next `samples`, at most to `last`; a source that is over is silent."""
        parts, missing = [self._held], samples - len(self._held)
        while missing > 0:
            chunk = next(self._chunks, None)
            parts.append(silence(missing) if chunk is None else chunk)
            missing -= len(parts[-1])
        joined = np.concatenate(parts)
        self._held = joined[samples:]
        at = np.arange(self._taken, self._taken + samples)
        self._taken += samples
        level = faded(at, self.last - self.first, self._clip.fade_in, self._clip.fade_out)
        return joined[:samples] * (level * np.float32(self._clip.volume))

    def close(self) -> None:
        """Let go of the source."""
        self._chunks.close()


def faded(at: NDArray[np.int64], total: int, fade_in: float, fade_out: float) -> Samples:
    """Return the level at some of `total` samples: it rises and falls in half a wave, without an edge."""
    level = np.ones(len(at))
    for seconds, since in ((fade_in, at), (fade_out, total - at)):
        if seconds * RATE > 1:
            np.minimum(level, since / (seconds * RATE), out=level)
    return np.square(np.sin(level * (math.pi / 2))).astype(np.float32)[:, None]


def _source(clip: Clip) -> Generator[Samples, None, None]:
    """Yield what a clip plays: the sound of its file, else music, from what is known of it."""
    if clip.file is not None:
        yield from paced(recorded(clip.file, start=clip.offset), clip.speed)
        return
    if clip.asset is None:  # of a piece that nobody knows there is no middle to begin in
        yield from music(clip.notes, clip.seed, clip.seconds)
        return
    lasts, early = clip.asset.seconds, round(clip.offset * RATE)
    for chunk in music(clip.notes, clip.seed, lasts):
        yield chunk[early:]
        early = max(0, early - len(chunk))
