"""The user's own music: an uploaded audio file becomes the background music.

Law: a file is meant by its name, its kind (`the mp3`), its number, or because it is the only one; of several
nobody guesses, and who asks for a song that was not uploaded gets no other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.music import placed
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.marks import FILE
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench
from nemovideo_fakeserver.agent.stage.scoring import DEFAULT_MS, lay
from nemovideo_fakeserver.agent.stage.targets import ordinals, picked
from nemovideo_fakeserver.agent.stage.timeline import music, pictures
from nemovideo_fakeserver.core.assets import Asset

_KIND = re.compile(r"(?<![a-z0-9])(?:mp3|wav|m4a|aac)(?![a-z0-9])")
_SONG = r"(?:song|track|audio|music|tune|recording|mp3|wav|m4a|aac)s?(?: file)?"
_OWN = re.compile(
    rf"\b(?:my|our|uploaded) (?:[\w-]+ ){{0,2}}?{_SONG}\b|\b{_SONG} (?:that |which )?(?:i|we)(?:'ve| have)?(?: just)? (?:uploaded|sent|gave)"
    r"|\b(?:the|that|this) (?:uploaded )?(?:mp3|wav|m4a|aac|audio file|recording)\b|(?:上传的?|我的?|自己的|刚传的)(?:那首|这首)?(?:音乐|音频|歌|曲|配乐|mp3|录音)"
)
_NUMBERED = re.compile(
    rf"(?:use |play |add |take )?\b(?:the )?(?:first|second|third|fourth|last|other) {_SONG}(?: please| instead)?|第\d首.{{0,2}}"
)
_THE_SONG = re.compile(rf"\b(?:the|this|that) {_SONG}\b|这首歌|那首歌")
_LAYING = re.compile(
    rf"{nouns.ADD}|\b(?:set|make|replac|swap|switch|chang)(?:e|ing)?\b.{{0,60}}\b(?:as|to be|with|to|for)\b|\bwith\b|\binstead\b|作为|当作?|做|换成?|改成|配|用|加|放"
)
_OTHERWISE = re.compile(
    rf"{nouns.CREATE.replace('mak|', '').replace('|做(?!成)', '')}|\b(?:remov|delet|mut|trim|cut|fad|loop|sync)(?:e|ing)?\b.{{0,12}}\b(?:my|the) |\bto (?:my|the) {_SONG}"
)
_NEW = re.compile(r"\b(?:new|newest|latest|just uploaded|uploaded last)\b|刚|最新")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A wish for the user's own music; of `meant` files there is one, or more than the words tell apart."""

    clause: Clause
    meant: tuple[Asset, ...]


def recognise(clause: Clause, bench: Bench) -> Recording | None:
    """Take what lays an uploaded piece of music, whether it was uploaded or not."""
    lowered = clause.lowered
    named = tuple(a for a in clause.files if a.kind == "audio")
    uploaded = tuple(a for a in bench.uploads if a.kind == "audio")
    numbered = uploaded and _NUMBERED.fullmatch(lowered)
    asked = (
        named
        or numbered
        or _OWN.search(lowered)
        or (uploaded and not music(bench.draft) and _THE_SONG.search(lowered))
    )
    laid = (
        numbered
        or _LAYING.search(lowered)
        or re.fullmatch(rf"(?:the )?{FILE}(?: one)?(?: please)?", lowered)
    )
    if not asked or not laid or (_OTHERWISE.search(lowered) and not named):
        return None
    meant = named or tuple(_narrowed(lowered, uploaded))
    playing = {s.get("src") for s in music(bench.draft)}
    again = bool(meant) and all(a.url in playing for a in meant)
    return (
        None
        if again and not re.search(FILE, nouns.subject(lowered))
        else Recording(clause=clause, meant=meant)
    )


def _narrowed(lowered: str, uploaded: tuple[Asset, ...]) -> Iterator[Asset]:
    """Yield the files the words fit best."""
    kind = _KIND.search(lowered)
    fitting = [a for a in uploaded if kind is None or a.filename.lower().endswith(kind[0])]
    called = [a for a in fitting if _stem(a) and _stem(a) in lowered]
    numbers = ordinals(lowered)
    if called or len(fitting) < 2:
        yield from called or fitting
    elif numbers or _NEW.search(lowered):
        yield from filter(None, [picked(fitting, numbers[0] if numbers else -1)])
    else:
        yield from fitting


def _stem(file: Asset) -> str:
    stem = file.filename.lower().rpartition(".")[0]
    return stem if stem not in ("song", "music", "audio", "track") else ""


def perform(request: Recording, bench: Bench) -> Deeds:
    """Lay the file under what the clause names, or say why not."""
    if len(request.meant) != 1:
        return (_which(request.meant, bench),)
    (own,) = request.meant
    place = placed(request.clause, bench)
    length = round(own.seconds * 1_000) or DEFAULT_MS
    ms = min(place.ms or length, length) if pictures(bench.draft) or place.asked else length
    return (lay(bench, own, {"name": own.filename}, replace(place, ms=ms)),)


def _which(meant: tuple[Asset, ...], bench: Bench) -> Answer:
    names = ", ".join(a.filename for a in meant)
    if not meant:
        return bench.answer(
            "I can't find an uploaded audio file for that. Upload the song in the media panel first, or tell me a mood and I'll compose something.",
            "没有找到对应的音频文件。请先在素材面板上传歌曲，或者告诉我想要的情绪，我来创作。",
        )
    return bench.answer(
        f"There are several audio files: {names}. Which one should play? Tell me its name.",
        f"你上传了多个音频文件：{names}。要用哪一个？请告诉我文件名。",
    )


FAMILY = Family(recognise=recognise, perform=perform)
