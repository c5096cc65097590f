"""The music part of a wish for a film: `with calm acoustic guitar at 72 BPM`, `配72BPM的平静木吉他`.

Law: a piece of a message is music if it is made of nothing but musical words and names an instrument, a
genre of clear meaning or a tempo. `With a guitar` is something to be seen, and so is a bare `and drums`.
"""

from __future__ import annotations

import re

from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, INSTRUMENTS, MOODS, WEAK
from nemovideo_fakeserver.agent.reading.quantities import DURATION, bpm, figures

_LEAD = re.compile(
    r" ?(?:(?P<strong>with|to|over|featuring|set to|accompanied by|scored with|配上?|配以|伴以)|(?P<weak>and|plus|&|和))? ?(?P<one>an? )?"
)
_TEMPO = re.compile(
    r"(?:at |around |about |节奏|速度)?\d+ ?(?:-|to|到)? ?\d* ?-?(?:bpm|beats per minute)"
)
_FILLING = re.compile(
    rf"\b(?:solo|slow|fast|light|background|and|on|in|of|style|mood|vibes?|playing|the|very|some|tempo)\b|{nouns.MUSIC}|{DURATION}|一[首段]|独奏|背景|的|和|风格|慢|快|[、,]"
)


def accompanies(lowered: str) -> bool:
    """Say whether a piece of a wish for a film is a brief of its music."""
    text = figures(lowered).strip(" ,.!。")
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    tempo, mood = bpm(rest) is not None, bool(MOODS.find(rest))
    genre = any(g not in WEAK for g in GENRE_NAMES.find(rest))
    played = bool(INSTRUMENTS.find(rest))
    if not (tempo or genre or played):
        return False
    alone = lead is None or not lead["strong"] or lead["one"]
    if alone and not (tempo or genre or (mood and played)):
        return False
    for pattern in (_TEMPO, INSTRUMENTS.pattern, GENRE_NAMES.pattern, MOODS.pattern, _FILLING):
        rest = pattern.sub(" ", rest)
    return not rest.strip(" ,.&-")
