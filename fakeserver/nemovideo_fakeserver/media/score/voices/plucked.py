"""Strings that are plucked."""

from __future__ import annotations

from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import driven, listed, struck

_STEEL = listed(1, 0.9, 0.7, 0.45, 0.4, 0.3, 0.25, 0.15, 0.15, 0.12, 0.1, 0.08, 0.06, 0.05)

PLUCKED = {
    "acoustic guitar": Voice(sound=struck(_STEEL, decay=2.6, damping=1.6), centre=67, pan=-0.2),
    "guitar": Voice(
        sound=struck(listed(1, 0.7, 0.5, 0.3, 0.2, 0.15, 0.1, 0.05), decay=2.2, damping=1.4),
        centre=67,
        pan=-0.2,
    ),
    "electric guitar": Voice(
        sound=driven(struck(_STEEL, decay=1.1, damping=0.4), 2.2), centre=67, level=-4, pan=0.25
    ),
    "ukulele": Voice(
        sound=struck(listed(1, 0.8, 0.3, 0.25, 0.1, 0.08, 0.04), decay=4.5, damping=1.0),
        deep=False,
        centre=72,
        level=2,
        pan=0.15,
    ),
    "harp": Voice(
        sound=struck(listed(1, 0.45, 0.2, 0.1, 0.05, 0.03), decay=1.5, damping=0.8),
        centre=74,
        spread=3,
    ),
    "guzheng": Voice(
        sound=struck(
            listed(0.8, 1, 0.9, 0.7, 0.7, 0.5, 0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.15, 0.1),
            decay=1.9,
            damping=1.1,
        ),
        centre=72,
        pan=-0.15,
        spread=5,
    ),
}
