"""Electric sounds, and the bass."""

from __future__ import annotations

from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import falling, held, listed, struck

SYNTHS = {
    "synth": Voice(
        sound=struck(falling(0.9), decay=0.9, damping=2.0, attack=0.004),
        centre=72,
        level=-1,
        spread=9,
    ),
    "pads": Voice(
        sound=held(listed(1, 0.6, 0.3, 0.25, 0.12, 0.1, 0.05), attack=0.3, release=0.9, vibrato=5),
        centre=67,
        level=-3,
        spread=12,
        sustains=True,
    ),
    "bass": Voice(
        sound=struck(listed(1, 0.7, 0.35, 0.2, 0.12, 0.08), decay=1.4, damping=1.5, attack=0.004),
        centre=45,
        level=3,
        hall=False,
    ),
}
