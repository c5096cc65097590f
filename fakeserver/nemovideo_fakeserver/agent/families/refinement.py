"""Changing the music that is there: slower, brighter, more tense, more bass, 90 BPM, a drop at second 30.

Law: a refinement recalls the brief of the track, revises it (`revision`) and composes again; the segment
keeps its id, its place and its volume.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.mixing import no_music
from nemovideo_fakeserver.agent.families.music import OLD, is_musical, scores
from nemovideo_fakeserver.agent.families.pace import measured
from nemovideo_fakeserver.agent.reading import brief as briefs
from nemovideo_fakeserver.agent.reading import lengths, nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, MOODS
from nemovideo_fakeserver.agent.reading.quantities import (
    bpm,
    clamp,
    take_fades,
    take_length,
    take_moment,
)
from nemovideo_fakeserver.agent.reading.revision import refined, revises
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.scoring import refinable, render
from nemovideo_fakeserver.agent.stage.targets import mentions, ordinals
from nemovideo_fakeserver.agent.stage.timeline import about, music, pictures
from nemovideo_fakeserver.core.draft import Change, Segment

_SEEN = re.compile(r"\bcolou?rs\b|\bcolou?r (?:grad|tone)|色彩|色调|画面")
_SWAP = re.compile(r"\bswap|\breplac|\bswitch|换")
_CHANGE = re.compile(r"\bchang(?:e|ing)\b")
_ANEW = re.compile(r"生成|创作|制作|添加|\b(?:a|an|some|another|new)\b|\badd\b")
_WISH = re.compile(rf"{nouns.CREATE}|{nouns.ADD}|配|\bwith\b")
_LOOPED = re.compile(
    r"(?:请|请?[做改变]成|请?让它)?可?以?(?:无缝)?循环(?:播放)?吧?|(?:a )?(?:seamless(?:ly)? )?loop(?:able|ed|ing)?(?: seamlessly)?(?: please)?"
)
_COMPARED = re.compile(r"\b(?:more|less|\w+er)\b|更|再|[点些]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refinement:
    """A wish for the same music, but different."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Refinement | None:
    """Take what changes the music that is there; without music, only what names it."""
    _, lowered = take_fades(clause.lowered)
    elsewhere = (
        nouns.head(lowered) in ("picture", "title", "subtitles")
        or _SEEN.search(lowered)
        or (_asks_anew(lowered) and not (music(bench.draft) and _LOOPED.fullmatch(lowered)))
        or _of_the_picture(lowered, bench)
    )
    fresh = mentions(clause, bench).uploads or (
        not music(bench.draft) and (_WISH.search(lowered) or scores(clause, bench))
    )
    if (
        elsewhere
        or fresh
        or clause.quotes
        or not (revises(lowered) or _new_length(lowered, bench, 0) is not None)
    ):
        return None
    named = nouns.mentions("music", lowered) or "bpm" in lowered
    others = any(nouns.mentions(kind, lowered) for kind in ("picture", "title", "subtitles"))
    lasting = music(bench.draft) and _new_length(lowered, bench, 0) is not None
    speaks_of_it = named or (bool(refinable(bench) or lasting) and not others)
    return Refinement(clause=clause) if speaks_of_it else None


def _of_the_picture(lowered: str, bench: Bench) -> bool:
    """Say whether a text without a noun counts pictures, goes on about the picture, or measures its speed."""
    if nouns.mentions("music", lowered) or not pictures(bench.draft):
        return False
    return bool(ordinals(lowered)) or bench.last == "adjust_look" or measured(lowered)


def _asks_anew(lowered: str) -> bool:
    """Say whether a text wants other music rather than the same music changed."""
    changing = _CHANGE.search(lowered) is not None
    if _SWAP.search(lowered):
        return True
    if (OLD.search(lowered) or "should" in lowered) and not changing:
        return False
    musical = nouns.head(lowered) == "music" or is_musical(lowered, wished=False)
    wished = changing or re.search(rf"{nouns.CREATE}|{nouns.ADD}", lowered) is not None
    plain = not wished and not _compares(lowered)
    return musical and (
        plain or bool(GENRE_NAMES.find(lowered)) or _ANEW.search(lowered) is not None
    )


def _compares(lowered: str) -> bool:
    return _COMPARED.search(lowered) is not None or bpm(lowered) is not None


def perform(request: Refinement, bench: Bench) -> Deeds:
    """Compose each track again from its changed brief."""
    lowered = request.clause.lowered
    tracks = refinable(bench)
    own = music(bench.draft)
    if not tracks and own:
        ms = _new_length(lowered, bench, own[-1]["d"])
        if ms is not None and ms < own[-1]["d"]:
            return (_shortened(own[-1], ms, bench),)
        return (
            bench.answer(
                "The music is your own recording: I can shorten it, change its volume and fades, or replace it.",
                "这段音乐是你上传的录音：我可以缩短它、调整音量、淡入淡出，或者换成新的配乐。",
            ),
        )
    if not tracks:
        return (no_music(bench),)
    return tuple(
        _recomposed(lowered, s, bench.at("track", number)) for number, s in enumerate(tracks)
    )


def _shortened(segment: Segment, ms: int, bench: Bench) -> Work:
    name = about(segment).get("name", "")
    return Work(
        op="trim_bgm",
        told=bench.speak(
            f"{name} plays for {ms / 1_000:g}s now.", f"{name} 现在播放{ms / 1_000:g}秒。"
        ),
        facts={"track": "audio", "segments": [segment["id"]], "duration": ms},
        operations=(Change(segment["id"], {"d": ms}),),
    )


def _recomposed(lowered: str, segment: Segment, bench: Bench) -> Work:
    before = briefs.recalled(about(segment))
    after = refined(before, lowered)
    ms = _new_length(lowered, bench, segment["d"]) or segment["d"]
    if not pictures(bench.draft) and (after.drop or 0) * 1_000 >= ms:
        ms = briefs.room_for(after.drop)
    track = render(bench, after, ms)
    name = (
        after.name(bench.language)
        if after.genre != before.genre
        else str(about(segment).get("name", after.name(bench.language)))
    )
    patch = {"src": track.url, "in": 0, "d": ms, "m": {"name": name, **after.patch()}}
    return Work(
        op="refine_bgm",
        told=bench.speak(
            f"I reworked {name}: {after.bpm} BPM, {after.key}, {', '.join(after.moods)}, {ms / 1_000:g}s.",
            f"已调整背景音乐“{name}”：{after.bpm} BPM，{briefs.key_in_chinese(after.key)}，情绪：{'、'.join(MOODS.label(m, 'zh') for m in after.moods)}，时长{ms / 1_000:g}秒。",
        ),
        facts={"track": "audio", "segments": [segment["id"]], "name": name, **after.notes()},
        operations=(Change(segment["id"], patch),),
        made=(track,),
    )


def _new_length(lowered: str, bench: Bench, now: int) -> int | None:
    """Return the new length in milliseconds; where there is a picture, the music must be named."""
    if pictures(bench.draft) and not nouns.mentions("music", lowered):
        return None
    said = take_moment(briefs.without_drop(take_fades(lowered)[1]))[1]
    asked = lengths.changed(said, now)
    asked = take_length(said)[0] if asked is None else asked
    return None if asked is None else int(clamp(asked, 1_000, lengths.LONGEST_MS))


FAMILY = Family(recognise=recognise, perform=perform)
