"""What is blown, and what is sung."""

from __future__ import annotations

from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import falling, held, listed, sung

WINDS = {
    "brass": Voice(
        sound=held(falling(0.8), attack=0.045, release=0.12, vibrato=3),
        centre=65,
        level=-3,
        pan=0.2,
        spread=6,
        sustains=True,
    ),
    "saxophone": Voice(
        sound=held(
            listed(1, 0.9, 0.75, 0.5, 0.45, 0.3, 0.25, 0.2, 0.1, 0.08),
            attack=0.035,
            release=0.1,
            vibrato=10,
        ),
        deep=False,
        centre=67,
        level=-2,
        pan=-0.15,
        sustains=True,
    ),
    "flute": Voice(
        sound=held(listed(1, 0.22, 0.07, 0.03), attack=0.05, release=0.12, vibrato=9),
        deep=False,
        centre=79,
        level=-2,
        pan=0.2,
        sustains=True,
    ),
    "clarinet": Voice(
        sound=held(
            listed(1, 0.03, 0.6, 0.03, 0.4, 0.03, 0.22, 0.02, 0.12),
            attack=0.03,
            release=0.1,
            vibrato=3,
        ),
        deep=False,
        centre=69,
        level=-2,
        pan=-0.2,
        sustains=True,
    ),
    "choir": Voice(
        sound=held(sung(700, 1_150, 2_700), attack=0.16, release=0.5, vibrato=11),
        centre=69,
        level=-1,
        spread=14,
        sustains=True,
    ),
}
