"""How loud things are: volume, muting and fades of the music, and the sound of the clips themselves.

Law: volumes are whole per cents from 0 to 100. A number is the new volume, `by` a number is a step; a
step in words is one that can be heard, and only a word such as `mute` silences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, INSTRUMENTS, MOODS
from nemovideo_fakeserver.agent.reading.lengths import degree
from nemovideo_fakeserver.agent.reading.quantities import clamp, percent, take_fades
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench, Work
from nemovideo_fakeserver.agent.stage.staging import nothing_to_edit
from nemovideo_fakeserver.agent.stage.targets import aimed
from nemovideo_fakeserver.agent.stage.timeline import about, music
from nemovideo_fakeserver.agent.telling.settings import told
from nemovideo_fakeserver.core.draft import Change, Segment

STEP, SOFTEST = 20, 5

_UP = re.compile(
    r"\blouder\b|\btoo (?:quiet|low|soft)\b|\bcan(?:'t|not)(?: really| even)? hear\b|听不[见清到]|声音?太[小轻]|\bturn (?:[\w ]{1,30} )?up\b|\b(?:raise|increase|boost) .{0,30}\b(?:volume|sound|music|bgm|audio)|(?<![么太])大声|调大|调高|更响|响一|提高.{0,6}音|增大|大一?[点些]"
)
_DOWN = re.compile(
    r"\bquieter\b|(?<!not )\btoo loud\b|太[响吵]|声音?太大|\bturn (?:[\w ]{1,30} )?down\b|\b(?:lower|reduce|decrease) .{0,30}\b(?:volume|sound|music|bgm|audio)|(?:不要|别)[那这]?[么太](?:大声|响)|小声|调小|调低|降低.{0,6}音|减小|轻一?[点些]|小一?[点些]"
)
_SWITCHED_OFF = re.compile(
    r"\bturn(?:ed)? off\b|\bremove\b|\bdelete\b|\bno\b|关闭|关掉|去掉|去除|删除|不要"
)
_OFF = re.compile(r"\bmut(?:e|ed|ing)\b|\bsilence\b|静音|消音")
_UNMUTE = re.compile(
    r"\bunmut(?:e|ed|ing)\b|\b(?:restore|bring back) .{0,20}\b(?:sound|audio|volume)\b|取消静音|恢复.{0,4}(?:声|音)"
)
AUDIBLE = 40
_SOUND = re.compile(r"\bvolumes?\b|\baudio level\b|音量")
_ORIGINAL = re.compile(
    r"\b(?:original|source|native|camera|video'?s?|clip'?s?|its own) (?:sound|audio|volume)|\b(?:sound|audio|volume) of the (?:video|clip|footage)|原声|原音|原视频声音|视频(?:的)?(?:声音|音量)"
)
_NEW = re.compile(
    r"\b(?:add|generat|creat|compos|produc|swap|replac)(?:e|ing)?\b|生成|创作|制作|添加|加[一1]|配上|换"
)
_PACE = re.compile(r"\b(?:faster|slower|tempo|speed|bpm)\b|快|慢|节奏")
_BY = re.compile(r"\bby ?-?\d|(?:降低|提高|增加|减少|调高|调低)了? ?\d")
_BARE = re.compile(
    r"(?:\bvolume|音量)(?: ?(?:to|at|of|is|=|:|调到|调至|调成|设为|改成|改为|到|为))? ?(\d{1,6})(?![\d‹%])|\b(?:lower|raise|turn|bring|reduce|increase) [\w ]{1,30} to (\d{1,3})(?![\d‹%:x])"
)
_IT = re.compile(
    r"\b(?:lower|raise|turn|bring|reduce|increase)(?: (?:it|that|this))?(?: up| down)? (?:to|by) \d{1,3}(?![\d:x])"
)
_FULL = re.compile(
    r"\b(?:full|max|maximum) volume|volume (?:to|at) (?:full|max|maximum)|最大音量|音量.{0,3}最大"
)
_HALF = re.compile(
    r"音量.{0,3}减半|\bhalf (?:the )?volume|volume (?:by|to|at|in) half|一半音量|音量.{0,4}一半|半音量"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """A wish about loudness: of the `music`, or the `original` sound of the clips."""

    clause: Clause
    whose: Literal["music", "original"]


def recognise(clause: Clause, bench: Bench) -> Mix | None:
    """Take what is about loudness, unless it asks for new music at some volume."""
    lowered = clause.lowered
    if _UNMUTE.search(lowered):
        return Mix(clause=clause, whose="music" if nouns.mentions("music", lowered) else "original")
    original = _ORIGINAL.search(lowered) or (
        _OFF.search(lowered) and not nouns.mentions("music", lowered)
    )
    if original and (_OFF.search(lowered) or _SWITCHED_OFF.search(lowered) or _loudness(lowered)):
        return Mix(clause=clause, whose="original")
    if (_NEW.search(lowered) and nouns.head(lowered) in ("music", "picture")) or GENRE_NAMES.find(
        lowered
    ):
        return None
    turned = (
        _IT.search(lowered)
        and music(bench.draft)
        and not re.search("‹|bpm|brightness|contrast|saturation", lowered)
    )
    if (
        _wishes(lowered)
        and not music(bench.draft)
        and (INSTRUMENTS.find(lowered) or MOODS.find(lowered))
    ):
        return None
    if _loudness(lowered) or _tunes_music(clause, bench) or turned:
        return Mix(clause=clause, whose="music")
    return None


def _wishes(lowered: str) -> bool:
    return re.search(rf"{nouns.ADD}|{nouns.CREATE}|配", lowered) is not None


def _loudness(lowered: str) -> bool:
    musical = nouns.mentions("music", lowered) or not any(
        nouns.mentions(k, lowered) for k in ("picture", "title", "subtitles")
    )
    turned = (
        musical
        and (_UP.search(lowered) or _DOWN.search(lowered))
        and "bpm" not in lowered
        and not _sizes(lowered)
    )
    return bool(turned or _SOUND.search(lowered) or (musical and _OFF.search(lowered)))


def _sizes(lowered: str) -> bool:
    """`大一点` is about music only where a sound is named."""
    return (
        re.search(r"[大小轻]一?[点些]", lowered) is not None
        and re.search(r"音|声|bgm|歌|曲", lowered) is None
    )


def _tunes_music(clause: Clause, bench: Bench) -> bool:
    """`music at 40%`, `fade the music out`: where there is music, or where none is asked for."""
    lowered = clause.lowered
    named = nouns.mentions("music", lowered) or any(a.kind == "audio" for a in clause.files)
    tuned = percent(lowered) is not None or bool(take_fades(lowered)[0])
    other = _PACE.search(lowered) is not None
    return tuned and not other and named and (bool(music(bench.draft)) or not _wishes(lowered))


def level(lowered: str, now: int) -> int:
    """Return the volume a text asks for, `now` being the present one."""
    number = percent(lowered)
    bare = _BARE.search(lowered)
    if number is not None and _BY.search(lowered):
        wanted: float = (
            now - abs(number)
            if _DOWN.search(lowered)
            or re.search(r"\b(?:lower|reduce|decrease|down)\b|降低|减少|调低", lowered)
            else now + number
        )
    elif number is not None or bare:
        wanted = number if number is not None else float(bare[1] or bare[2]) if bare else now
    else:
        wanted = _worded(lowered, now)
    return round(clamp(wanted, 0, 100))


def _worded(lowered: str, now: int) -> float:
    if _UNMUTE.search(lowered):
        return max(now, 100 if not nouns.mentions("music", lowered) else AUDIBLE)
    fixed = ((_OFF, 0), (_FULL, 100), (_HALF, 50))
    for pattern, value in fixed:
        if pattern.search(lowered):
            return value
    step = STEP * degree(lowered)
    return (
        now + step
        if _UP.search(lowered)
        else max(SOFTEST, now - step)
        if _DOWN.search(lowered)
        else now
    )


def perform(request: Mix, bench: Bench) -> Deeds:
    """Set volume and fades of the music, or the volume of the clips named."""
    if request.whose == "original":
        chosen = aimed(request.clause, bench)
        return (_mixed(request, bench, chosen),) if chosen else (nothing_to_edit(bench),)
    chosen = music(bench.draft)
    return (_mixed(request, bench, chosen),) if chosen else (no_music(bench),)


def no_music(bench: Bench) -> Answer:
    """Say that there is no music to work on."""
    return bench.answer(
        "There is no background music on the timeline yet. Tell me the mood or genre you want and I'll compose some.",
        "时间线上还没有背景音乐。告诉我想要的情绪或风格，我来为你创作。",
    )


def _mixed(request: Mix, bench: Bench, chosen: list[Segment]) -> Work:
    lowered = request.clause.lowered
    if request.whose == "original" and _SWITCHED_OFF.search(lowered):
        lowered = "mute"
    fades = take_fades(lowered)[0] if request.whose == "music" else {}
    volumes = [level(take_fades(lowered)[1], int(about(s).get("volume", 100))) for s in chosen]
    patches: list[dict[str, Any]] = [{"volume": v, **fades} for v in volumes]
    what = bench.speak(
        *(("Music", "背景音乐") if request.whose == "music" else ("Original sound", "原声"))
    )
    faded = told(fades, bench.language)
    return Work(
        op="set_volume",
        told=bench.speak(
            f"{what} is at {volumes[0]}% now{faded and f' with {faded}'}.",
            f"{what}音量现在是{volumes[0]}%{faded and f'，{faded}'}。",
        ),
        facts={
            "track": "audio" if request.whose == "music" else "video",
            "segments": [s["id"] for s in chosen],
            **patches[0],
        },
        operations=tuple(Change(s["id"], {"m": p}) for s, p in zip(chosen, patches, strict=True)),
    )


FAMILY = Family(recognise=recognise, perform=perform)
