"""A brief revised: slower, brighter, more tense, more bass, 90 BPM, a drop at second 30.

Law: a pure function from a brief and words to a brief. `_TEMPO`, `FEELS` and the vocabulary of `genres`
are the tables: a new wish is a new row. What is not spoken of stays as it was.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nemovideo_fakeserver.agent.reading import brief as briefs
from nemovideo_fakeserver.agent.reading.brief import Brief
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, GENRES, INSTRUMENTS, MOODS
from nemovideo_fakeserver.agent.reading.lengths import degree
from nemovideo_fakeserver.agent.reading.lexicon import Lexicon
from nemovideo_fakeserver.agent.reading.quantities import bpm, clamp, percent
from nemovideo_fakeserver.core.draft import TEMPI

USUAL_STEP = 0.12
"""By what share `slower` and `faster` change the tempo."""

_TEMPO = (
    (
        -1,
        re.compile(
            r"\bslower\b|\bslow(?: it| this| that| the [\w ]{1,20})? down\b|\b(?:reduce|lower|decrease) the tempo|更慢|放慢|再慢|慢一?[点些]|慢下来|降低速度"
        ),
    ),
    (
        +1,
        re.compile(
            r"\bfaster\b|\bquicker\b|\bspeed(?: it| this| that| the [\w ]{1,20})? up\b|\b(?:raise|increase) the tempo|更快|加快|再快(?!乐)|快一?[点些]|提高速度"
        ),
    ),
)
FEELS = Lexicon(
    {
        "bright": "brighter|brighten|lighter|更亮|亮一点",
        "dark": "darker|darken|moodier",
        "calm": "calmer|chiller|mellower",
        "happy": "happier|funnier|jollier",
        "sad": "sadder",
        "soft": "softer|gentler|smoother",
        "warm": "warmer|cozier",
        "tense": "tenser|edgier|scarier",
        "energetic": "punchier|livelier|harder|bigger|stronger|更燃|更嗨",
        "epic": "grander",
        "dreamy": "dreamier",
        "playful": "bouncier",
    }
)
_OPPOSED = {
    "bright": "dark",
    "dark": "bright",
    "happy": "sad",
    "sad": "happy",
    "calm": "tense",
    "tense": "calm",
    "soft": "aggressive",
    "energetic": "calm",
}
_LESS = re.compile(
    r"\bless\b|\bfewer\b|\bwithout\b|\bno\b|\bremove\b|\bdrop the\b|\btake out\b|\bcut the\b|少一?[点些]|减少|去掉|不要|别"
)
_INSTEAD = re.compile(r"\binstead\b(?! of)|改用|\bonly\b|只用")
_BY_BPM = re.compile(r"\bby (\d{1,3}) ?bpm")


def revises(lowered: str) -> bool:
    """Say whether a text has anything that changes a brief."""
    lexicons = (MOODS, FEELS, INSTRUMENTS, GENRE_NAMES)
    numbers = (bpm(lowered), briefs.key(lowered), briefs.drop(lowered))
    worded = any(lexicon.find(lowered) for lexicon in lexicons) or briefs.loops(lowered)
    return worded or _direction(lowered) != 0 or any(n is not None for n in numbers)


def _direction(lowered: str) -> int:
    """Return -1 for slower, 1 for faster, 0 for neither."""
    return next((sign for sign, pattern in _TEMPO if pattern.search(lowered)), 0)


def refined(before: Brief, lowered: str) -> Brief:
    """Return the brief with the changes a text asks for."""
    less = _LESS.search(lowered) is not None
    genre = None if less else briefs.genre_of(lowered)
    moods = _moods(before, lowered, less=less)
    instruments = _instruments(before, lowered, less=less)
    if genre and genre != before.genre:
        moods = moods if moods != before.moods else GENRES[genre].moods
        instruments = (
            instruments if instruments != before.instruments else GENRES[genre].instruments
        )
    tonic, _, usual = before.key.rpartition(" ")
    return replace(
        before,
        genre=genre or before.genre,
        moods=moods,
        instruments=instruments,
        bpm=_tempo(before.bpm, lowered),
        key=briefs.key(lowered)
        or f"{tonic} {briefs.mode(moods, usual) if moods != before.moods else usual}",
        loop=before.loop or briefs.loops(lowered),
        drop=briefs.drop(lowered) if briefs.drop(lowered) is not None else before.drop,
        sections=briefs.sections(lowered) or before.sections,
        bass=before.bass + (-1 if less else 1) * ("bass" in INSTRUMENTS.find(lowered)),
    )


def _moods(before: Brief, lowered: str, *, less: bool) -> tuple[str, ...]:
    """The newest mood comes first; what contradicts it goes, and four are enough."""
    wanted = tuple(dict.fromkeys((*FEELS.find(lowered), *MOODS.find(lowered))))
    if less:
        return tuple(m for m in before.moods if m not in wanted) or ("calm",)
    against = {_OPPOSED.get(m) for m in wanted}
    return tuple(dict.fromkeys((*wanted, *(m for m in before.moods if m not in against))))[:4]


def _instruments(before: Brief, lowered: str, *, less: bool) -> tuple[str, ...]:
    wanted, _, unwanted = lowered.partition(" instead of ")
    named, gone = briefs.instruments_of(wanted), briefs.instruments_of(unwanted)
    if less:
        return tuple(i for i in before.instruments if i not in named) or before.instruments
    if named and _INSTEAD.search(lowered):
        return named[:8]
    kept = (i for i in before.instruments if i not in gone)
    return tuple(dict.fromkeys((*kept, *named)))[:8]


def _tempo(now: int, lowered: str) -> int:
    sign = _direction(lowered)
    if step := _BY_BPM.search(lowered):
        wanted: float = now + (sign or 1) * int(step[1])
    elif (named := bpm(lowered)) is not None:
        wanted = named
    else:
        share = percent(lowered)
        wanted = now * (
            1 + sign * (share / 100 if sign and share else USUAL_STEP * degree(lowered))
        )
    return round(clamp(wanted, *TEMPI))
