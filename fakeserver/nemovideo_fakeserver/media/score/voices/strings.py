"""Strings that are bowed."""

from __future__ import annotations

from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import falling, held, sung

STRINGS = {
    "strings": Voice(
        sound=held(falling(1.15), attack=0.09, release=0.35, vibrato=7),
        centre=72,
        level=-3,
        spread=11,
        sustains=True,
    ),
    "violin": Voice(
        sound=held(sung(500, 1_100, 2_600), attack=0.05, release=0.15, vibrato=16),
        deep=False,
        centre=76,
        level=-2,
        pan=-0.3,
        sustains=True,
    ),
    "cello": Voice(
        sound=held(sung(220, 450, 900), attack=0.07, release=0.2, vibrato=12),
        centre=55,
        level=-1,
        pan=0.25,
        sustains=True,
    ),
}
