"""Taking things away: music, titles, subtitles, clips, or everything.

Law: what is named goes; a removal of what is not there is an answer, not an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.mixing import no_music
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, INSTRUMENTS, WEAK
from nemovideo_fakeserver.agent.reading.openings import after_lead
from nemovideo_fakeserver.agent.stage.bench import Answer, Bench, Work
from nemovideo_fakeserver.agent.stage.captions import meant
from nemovideo_fakeserver.agent.stage.targets import aimed, mentions
from nemovideo_fakeserver.agent.stage.timeline import about, music, shorten, subtitles, titles
from nemovideo_fakeserver.core.draft import (
    TEXT,
    VIDEO,
    Change,
    Operation,
    Remove,
    Segment,
    end,
    segments,
)

_AWAY = re.compile(
    r"\b(?:remov|delet|eras)(?:e|ing)\b|\bget rid of\b|\bdrop the\b|\bstrip\b|\btake (?:out|away|off)\b|\bclear\b|\bi don't want\b(?!.{0,40}\b(?:too|so) )|\bno more\b|^(?:no|without)\b(?! ‹)|去掉|删除|删掉|删去|移除|去除|不要(?![那这太])|清除|拿掉|取消"
)
_IT = re.compile(
    r"(?:remove|delete|drop|get rid of) (?:it|that|this)(?: (?:again|please|pls))?|(?:去掉|删掉|删除|删了|移除)(?:它|这个)?吧?|把它(?:去掉|删掉|删了)"
)
_EVERYTHING = re.compile(
    r"\b(?:everything|(?<!from )(?<!on )the (?:whole )?timeline|start over|all (?:tracks|segments))\b|清空|全部删|删除所有|从头开始|重新开始"
)
_START_OVER = re.compile(
    r"\bstart over\b|\bclear (?:everything|the timeline|all)\b|清空|从头开始|重新开始"
)
_ALL = re.compile(r"\ball\b|\bevery|(?:clip|video|photo|picture|image)s\b|所有|全部")
_NOT_OURS = re.compile(r"‹|\bfade|\boriginal (?:sound|audio)|\bfirst half|原声|原音|淡")


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A wish to take something away."""

    clause: Clause
    what: str


def recognise(clause: Clause, bench: Bench) -> Removal | None:
    """Take what removes a named thing; times, fades and sounds belong to other families."""
    lowered = after_lead(clause.lowered) or clause.lowered
    if _IT.fullmatch(lowered):
        return Removal(clause=clause, what=_only(bench))
    if _START_OVER.search(lowered) or (
        _AWAY.search(lowered) and _EVERYTHING.search(lowered) and "‹" not in lowered
    ):
        return Removal(clause=clause, what="everything")
    if (
        not _AWAY.search(lowered)
        or _NOT_OURS.search(lowered)
        or (INSTRUMENTS.find(lowered) and not nouns.mentions("music", lowered))
    ):
        return None
    named = next((k for k in ("subtitles", "title", "music") if nouns.mentions(k, lowered)), None)
    quoted = bool(clause.quotes)
    clip = clause.files or mentions(clause, bench) or nouns.mentions("picture", lowered)
    if named is None and any(g not in WEAK for g in GENRE_NAMES.find(lowered)):
        named = "music"
    what = named or ("title" if quoted else "clip" if clip else None)
    return Removal(clause=clause, what=what) if what else None


def _only(bench: Bench) -> str:
    """Return the kind of thing `it` must be, if the clips carry only one."""
    there = {
        "music": music(bench.draft),
        "title": titles(bench.draft),
        "subtitles": subtitles(bench.draft),
    }
    kinds = [kind for kind, found in there.items() if found]
    return kinds[0] if len(kinds) == 1 else "unsaid"


def perform(request: Removal, bench: Bench) -> Deeds:
    """Remove what was named."""
    match request.what:
        case "everything":
            return _gone(bench, list(segments(bench.draft)), "the timeline", "时间线")
        case "unsaid":
            return (
                bench.answer(
                    "What should go: the music, the title, the subtitles or a clip?",
                    "要去掉什么：音乐、标题、字幕还是某个片段？",
                ),
            )
        case "music":
            return _gone(bench, music(bench.draft), "the background music", "背景音乐") or (
                no_music(bench),
            )
        case "title":
            return _gone(bench, _titles(request.clause, bench), "the title", "标题") or _missing(
                bench, "title", "标题"
            )
        case "subtitles":
            return _subtitles(request.clause, bench)
        case _:
            return _clips(request.clause, bench)


def _titles(clause: Clause, bench: Bench) -> list[Segment]:
    shown = titles(bench.draft)
    return [s for s in shown if not clause.quotes or about(s).get("text") in clause.quotes]


def _subtitles(clause: Clause, bench: Bench) -> Deeds:
    there = subtitles(bench.draft)
    named = meant(clause, bench, clause.quotes) if there else []
    if isinstance(named, Answer):
        return (named,)
    if named:
        return _gone(bench, named, "that subtitle", "该字幕")
    return _gone(bench, there, "the subtitles", "字幕") or _missing(bench, "subtitles", "字幕")


def _recordings(clause: Clause, bench: Bench) -> Deeds:
    urls = {asset.url for asset in clause.files}
    playing = [s for s in music(bench.draft) if s.get("src") in urls]
    return _gone(bench, playing, "the recording", "该录音") or _absent(clause, bench)


def _absent(clause: Clause, bench: Bench) -> Deeds:
    names = ", ".join(asset.filename for asset in clause.files)
    return (
        bench.answer(
            f"{names or 'That clip'} is not on the timeline.",
            f"时间线上没有{names or '这个片段'}。",
        ),
    )


def _missing(bench: Bench, en: str, zh: str) -> Deeds:
    return (bench.answer(f"There is no {en} on the timeline.", f"时间线上没有{zh}。"),)


def _gone(
    bench: Bench, chosen: Sequence[Segment], en: str, zh: str, more: Iterable[Operation] = ()
) -> Deeds:
    if not chosen:
        return ()
    return (
        Work(
            op="remove",
            told=bench.speak(f"I removed {en}.", f"已去掉{zh}。"),
            facts={"segments": [s["id"] for s in chosen]},
            operations=(*(Remove(s["id"]) for s in chosen), *more),
        ),
    )


def _clips(clause: Clause, bench: Bench) -> Deeds:
    """Remove the clips named; those behind close up, music ends with the picture."""
    if clause.files and all(asset.kind == "audio" for asset in clause.files):
        return _recordings(clause, bench)
    named = mentions(clause, bench)
    chosen = aimed(clause, bench)
    urls = {a.url for a in named.uploads}
    if named.unknown or (urls and not any(s.get("src") in urls for s in chosen)) or not chosen:
        return _absent(clause, bench)
    if len(chosen) > 1 and not named and not _ALL.search(clause.lowered):
        return (
            bench.answer(
                "Which clip should go? Tell me its number or its file name.",
                "要去掉哪个片段？请告诉我序号或文件名。",
            ),
        )
    gone = {s["id"] for s in chosen}
    more: list[Operation] = []
    at = 0
    for segment in segments(bench.draft, VIDEO):
        if segment["id"] not in gone:
            more.append(Change(segment["id"], {"s": at}))
            at += segment["d"]
    left = [*music(bench.draft), *segments(bench.draft, TEXT)] if at else []
    more += [o for s in left for o in (shorten(s, at) if end(s) > at else ())]
    return _gone(bench, chosen, "the clip", "该片段", more)


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
