"""All instruments by the names that briefs use."""

from __future__ import annotations

from nemovideo_fakeserver.media.score.voices.drums import NAMED
from nemovideo_fakeserver.media.score.voices.keys import KEYS
from nemovideo_fakeserver.media.score.voices.plucked import PLUCKED
from nemovideo_fakeserver.media.score.voices.strings import STRINGS
from nemovideo_fakeserver.media.score.voices.synths import SYNTHS
from nemovideo_fakeserver.media.score.voices.winds import WINDS

PITCHED = {**KEYS, **PLUCKED, **STRINGS, **WINDS, **SYNTHS}

INSTRUMENTS = (*PITCHED, "drums", *NAMED)
