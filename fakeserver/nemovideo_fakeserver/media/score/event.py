"""A note as it is written for a player."""

from __future__ import annotations

from typing import NamedTuple

from nemovideo_fakeserver.media.score.voices.voice import Voice


class Event(NamedTuple):
    """A note: at a beat of its bar, for so many beats.

    `tone` is from 0 (dull) to 1 (bright), `echo` is how loud it comes back, as a factor.
    """

    beat: float
    beats: float
    voice: Voice
    pitch: int
    gain: float
    tone: float = 1.0
    echo: float = 0.0


def factor(decibels: float) -> float:
    """Return the factor that so many dB are."""
    return float(10 ** (decibels / 20))
