"""Keyboards, and what is struck with mallets."""

from __future__ import annotations

from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import held, listed, struck

KEYS = {
    "piano": Voice(
        sound=struck(
            listed(1, 0.6, 0.45, 0.3, 0.25, 0.18, 0.1, 0.08, 0.08, 0.05, 0.04, 0.03),
            decay=1.6,
            damping=0.9,
        ),
        centre=72,
        spread=2,
    ),
    "electric piano": Voice(
        sound=struck(
            listed(1, 0.12, 0.3, 0.04, 0.1, 0.02, 0.14, 0.02, 0.06), decay=1.3, damping=2.5
        ),
        centre=70,
        level=1,
        spread=4,
    ),
    "organ": Voice(
        sound=held(
            listed(1, 0.8, 0.5, 0.5, 0, 0.3, 0, 0.35), attack=0.012, release=0.06, vibrato=4
        ),
        centre=69,
        level=-3,
        spread=5,
        sustains=True,
    ),
    "bells": Voice(
        sound=struck(
            listed(1, 0.05, 0, 0.5, 0, 0, 0, 0.12, 0, 0.2), decay=1.8, damping=1.2, attack=0.001
        ),
        deep=False,
        centre=81,
        level=-2,
        pan=0.15,
    ),
}
