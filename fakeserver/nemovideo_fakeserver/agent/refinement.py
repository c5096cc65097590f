"""Changing the music that is there: slower, brighter, more tense, more bass, 90 BPM, a drop at second 30.

Law: a refinement recalls the brief of the track, changes what the words say and composes again; the
segment keeps its id, its place and its volume. `_TEMPO`, `_FEELS` and the vocabulary of `genres` are the
tables: a new wish is a new row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nemovideo_fakeserver.agent import brief as briefs
from nemovideo_fakeserver.agent import nouns
from nemovideo_fakeserver.agent.bench import Bench, Work
from nemovideo_fakeserver.agent.brief import FASTEST, SLOWEST, Brief
from nemovideo_fakeserver.agent.clauses import Clause
from nemovideo_fakeserver.agent.degree import degree
from nemovideo_fakeserver.agent.family import Deeds, Family
from nemovideo_fakeserver.agent.genres import GENRE_NAMES, GENRES, INSTRUMENTS, MOODS
from nemovideo_fakeserver.agent.lexicon import Lexicon
from nemovideo_fakeserver.agent.mixing import no_music
from nemovideo_fakeserver.agent.music import is_musical, render
from nemovideo_fakeserver.agent.quantities import (
    bpm,
    clamp,
    percent,
    take_fades,
    take_length,
    take_moment,
)
from nemovideo_fakeserver.agent.timeline import about, music, pictures
from nemovideo_fakeserver.core.draft import Change, Segment

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
_FEELS = Lexicon(
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
_MADE_OF = re.compile(rf"{nouns.DEFINITE}|\bshould\b")
_SWAP = re.compile(r"\bswap|\breplac|\bswitch|换")
_PLAIN_WISH = re.compile(rf"{nouns.CREATE}|{nouns.ADD}|\bchang(?:e|ing)\b")
_LONGER = re.compile(r"\b(?:longer|extend)\b|延长|长一?[点些]")
_SHORTER = re.compile(r"\bshorter\b|缩短|短一?[点些]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refinement:
    """A wish for the same music, but different."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Refinement | None:
    """Take what changes the music that is there; without music, only what names it."""
    _, low = take_fades(clause.low)
    elsewhere = nouns.head(low) in ("picture", "title", "subtitles") or _asks_anew(low)
    if elsewhere or clause.quotes or not _changes(low, bench):
        return None
    named = nouns.mentions("music", low) or "bpm" in low
    others = any(nouns.mentions(kind, low) for kind in ("picture", "title", "subtitles"))
    speaks_of_it = named or (bool(refinable(bench)) and not others)
    return Refinement(clause=clause) if speaks_of_it else None


def _asks_anew(low: str) -> bool:
    """Say whether a text wants other music rather than the same music changed."""
    if _SWAP.search(low):
        return True
    wished = _PLAIN_WISH.search(low) is not None
    fresh = nouns.head(low) == "music" or is_musical(low, wished=False)
    if _MADE_OF.search(low) and not re.search(r"\bchang(?:e|ing)\b", low):
        return False
    genre_or_track = bool(GENRE_NAMES.find(low)) or re.search(
        r"生成|创作|制作|添加|\b(?:a|an|some|another|new)\b|\badd\b", low
    )
    bare = not (wished or _compares(low))
    return fresh and bool(genre_or_track or bare)


def _compares(low: str) -> bool:
    return (
        re.search(r"\b(?:more|less|\w+er)\b|更|再|[点些]", low) is not None or bpm(low) is not None
    )


def _changes(low: str, bench: Bench) -> bool:
    steady = (
        bpm(low),
        briefs.key(low),
        briefs.drop(low),
        MOODS.first(low),
        _FEELS.first(low),
        INSTRUMENTS.first(low),
        GENRE_NAMES.first(low),
    )
    turned = any(pattern.search(low) for _, pattern in _TEMPO) or briefs.loops(low)
    return any(s is not None for s in steady) or turned or _new_length(low, bench, 0) is not None


def refinable(bench: Bench) -> list[Segment]:
    """Return the music we composed ourselves; a user's recording has no brief to change."""
    return [s for s in music(bench.draft) if "bpm" in about(s)]


def perform(request: Refinement, bench: Bench) -> Deeds:
    """Compose each track again from its changed brief."""
    low = request.clause.low
    tracks = refinable(bench)
    if not tracks and music(bench.draft):
        return (
            bench.answer(
                "The music is your own recording: I can change its volume and fades, or replace it.",
                "这段音乐是你上传的录音：我可以调整音量、淡入淡出，或者换成新的配乐。",
            ),
        )
    if not tracks:
        return (no_music(bench),)
    return tuple(_recomposed(low, s, bench.at("track", number)) for number, s in enumerate(tracks))


def _recomposed(low: str, segment: Segment, bench: Bench) -> Work:
    before = briefs.recalled(about(segment))
    after = refined(before, low)
    ms = _new_length(low, bench, segment["d"]) or segment["d"]
    if not pictures(bench.draft):
        ms = max(ms, briefs.room_for(after.drop))
    track = render(bench, after, ms)
    name = (
        after.name(bench.language)
        if after.genre != before.genre
        else str(about(segment).get("name", after.name(bench.language)))
    )
    patch = {"src": track.url, "in": 0, "d": ms, "m": {"name": name, **after.notes()}}
    return Work(
        op="refine_bgm",
        told=bench.speak(
            f"I reworked {name}: {after.bpm} BPM, {after.key}, {', '.join(after.moods)}.",
            f"已调整背景音乐“{name}”：{after.bpm} BPM，{after.key}，情绪：{'、'.join(MOODS.label(m, 'zh') for m in after.moods)}。",
        ),
        facts={"track": "audio", "segments": [segment["id"]], "name": name, **after.notes()},
        operations=(Change(segment["id"], patch),),
        made=(track,),
    )


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
    wanted = tuple(dict.fromkeys((*_FEELS.find(low), *MOODS.find(low))))
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
    sign = next((s for s, pattern in _TEMPO if pattern.search(low)), 0)
    if step := _BY_BPM.search(low):
        wanted: float = now + (sign or 1) * int(step[1])
    elif (named := bpm(low)) is not None:
        wanted = named
    else:
        share = percent(low)
        wanted = now * (1 + sign * (share / 100 if sign and share else 0.12 * degree(low)))
    return round(clamp(wanted, SLOWEST, FASTEST))


def _new_length(low: str, bench: Bench, now: int) -> int | None:
    """Return the new length in milliseconds; where there is a picture, the music must be named."""
    if pictures(bench.draft) and not nouns.mentions("music", low):
        return None
    asked, _ = take_length(take_moment(briefs.without_drop(take_fades(low)[1]))[1])
    if asked is None:
        factor = 1.5 if _LONGER.search(low) else 0.67 if _SHORTER.search(low) else None
        asked = None if factor is None else round(now * factor)
    return None if asked is None else int(clamp(asked, 1_000, briefs.LONGEST_MS))


FAMILY = Family(name="refinement", recognise=recognise, perform=perform)
