"""A brief revised: slower, brighter, more tense, more bass, 90 BPM, a drop at second 30.

Law: a pure function from a brief and words to a brief. `_TEMPO`, `FEELS` and the vocabulary of `genres`
are the tables: a new wish is a new row. What is not spoken of stays as it was.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nemovideo_fakeserver.agent import brief as briefs
from nemovideo_fakeserver.agent.brief import FASTEST, SLOWEST, Brief
from nemovideo_fakeserver.agent.degree import degree
from nemovideo_fakeserver.agent.genres import GENRE_NAMES, GENRES, INSTRUMENTS, MOODS
from nemovideo_fakeserver.agent.lexicon import Lexicon
from nemovideo_fakeserver.agent.quantities import bpm, clamp, percent

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
_BY_BPM = re.compile(r"\bby (\d{1,3}) ?bpm")


def revises(low: str) -> bool:
    """Say whether a text has anything that changes a brief."""
    lexicons = (MOODS, FEELS, INSTRUMENTS, GENRE_NAMES)
    numbers = (bpm(low), briefs.key(low), briefs.drop(low))
    worded = any(lexicon.find(low) for lexicon in lexicons) or briefs.loops(low)
    return worded or _direction(low) != 0 or any(n is not None for n in numbers)


def _direction(low: str) -> int:
    """Return -1 for slower, 1 for faster, 0 for neither."""
    return next((sign for sign, pattern in _TEMPO if pattern.search(low)), 0)


def refined(before: Brief, low: str) -> Brief:
    """Return the brief with the changes a text asks for."""
    less = _LESS.search(low) is not None
    genre = None if less else briefs.genre_of(low)
    moods = _moods(before, low, less=less)
    instruments = _instruments(before, low, less=less)
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
        bpm=_tempo(before.bpm, low),
        key=briefs.key(low)
        or f"{tonic} {briefs.mode(moods, usual) if moods != before.moods else usual}",
        loop=before.loop or briefs.loops(low),
        drop=briefs.drop(low) if briefs.drop(low) is not None else before.drop,
        sections=briefs.sections(low) or before.sections,
        bass=before.bass + (-1 if less else 1) * ("bass" in INSTRUMENTS.find(low)),
    )


def _moods(before: Brief, low: str, *, less: bool) -> tuple[str, ...]:
    """The newest mood comes first; what contradicts it goes, and four are enough."""
    wanted = tuple(dict.fromkeys((*FEELS.find(low), *MOODS.find(low))))
    if less:
        return tuple(m for m in before.moods if m not in wanted) or ("calm",)
    against = {_OPPOSED.get(m) for m in wanted}
    return tuple(dict.fromkeys((*wanted, *(m for m in before.moods if m not in against))))[:4]


def _instruments(before: Brief, low: str, *, less: bool) -> tuple[str, ...]:
    named = INSTRUMENTS.find(low)
    if less:
        return tuple(i for i in before.instruments if i not in named) or before.instruments
    return tuple(dict.fromkeys((*before.instruments, *named)))[:8]


def _tempo(now: int, low: str) -> int:
    sign = _direction(low)
    if step := _BY_BPM.search(low):
        wanted: float = now + (sign or 1) * int(step[1])
    elif (named := bpm(low)) is not None:
        wanted = named
    else:
        share = percent(low)
        wanted = now * (1 + sign * (share / 100 if sign and share else USUAL_STEP * degree(low)))
    return round(clamp(wanted, SLOWEST, FASTEST))
