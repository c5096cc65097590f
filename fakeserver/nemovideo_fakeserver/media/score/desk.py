"""The mixing desk: notes are laid ahead, what is due is taken, and the room answers.

Law: memory holds what is still sounding, whatever the length of a piece.
"""

from __future__ import annotations

import numpy as np

from nemovideo_fakeserver.media.samples import CHANNELS, RATE
from nemovideo_fakeserver.media.score import room
from nemovideo_fakeserver.media.score.voices.wave import Wave

_DUCKED, _BACK = 0.006, 0.16
"""Seconds in which a pump goes down, and comes back about."""


class Bus:
    """Sound to come."""

    def __init__(self) -> None:
        self._ahead = np.zeros((CHANNELS, 4 * RATE), dtype=np.float32)
        self._reach = 0

    def lay(self, wave: Wave, at: int, gain: float = 1.0) -> None:
        """Add a wave, `at` samples from now."""
        stop = at + wave.shape[1]
        if stop > self._ahead.shape[1]:
            more = np.zeros((CHANNELS, stop), dtype=np.float32)
            self._ahead = np.concatenate((self._ahead, more), axis=1)
        self._ahead[:, at:stop] += wave * np.float32(gain)
        self._reach = max(self._reach, stop)

    def take(self, count: int) -> Wave:
        """Return the next `count` samples; what comes after them is next."""
        left = max(0, self._reach - count)
        due = np.zeros((CHANNELS, count), dtype=np.float32)
        sounding = min(count, self._reach)
        due[:, :sounding] = self._ahead[:, :sounding]
        self._ahead[:, :left] = self._ahead[:, count : count + left].copy()
        self._ahead[:, left : self._reach] = 0
        self._reach = left
        return due


class Desk:
    """Two buses, one heard in a room, and the room."""

    def __init__(self) -> None:
        self.dry, self.hall, self._room = Bus(), Bus(), Bus()

    def take(self, count: int, pump: Wave | None = None) -> Wave:
        """Return the next `count` samples; all in the hall is multiplied by `pump`."""
        sent = self.hall.take(count)
        if pump is not None:
            sent *= pump
        if sent.any():
            self._room.lay(room.echoes(sent.mean(axis=0)), 0)
        sent += self.dry.take(count)
        sent += self._room.take(count)
        return sent


def pumped(count: int, beats: list[int], depth: float) -> Wave:
    """Return factors for `count` samples that go down by `depth` at every beat and come back."""
    factors = np.ones(count, dtype=np.float32)
    for start, stop in zip(beats, [*beats[1:], count], strict=True):
        at = np.arange(max(start, 0), max(0, min(stop, count))) / RATE - start / RATE
        factors[max(start, 0) : max(0, stop)] -= (
            depth * np.minimum(at / _DUCKED, 1) * np.exp(-at / _BACK)
        )
    return factors
