"""Titles and other words on the screen: add one, or change what is there.

Law: a clause that speaks of a title which exists changes the last one (or `all`); one that adds makes
another. A title that says nothing of its looks is white, in the center, three seconds long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import lengths, nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.quantities import (
    clamp,
    take_fades,
    take_length,
    take_moment,
    take_range,
)
from nemovideo_fakeserver.agent.reading.style import USUAL, look, look_alone
from nemovideo_fakeserver.agent.reading.wording import without_wording, wording
from nemovideo_fakeserver.agent.stage.bench import Bench, Deed, Work
from nemovideo_fakeserver.agent.stage.targets import span
from nemovideo_fakeserver.agent.stage.timeline import about, put, replaced, titles
from nemovideo_fakeserver.agent.telling.settings import seconds, told
from nemovideo_fakeserver.core.draft import TEXT, Change, Segment

USUAL_MS, SHORTEST_MS = 3_000, 500
LOOKS = {"color": "white", "position": "center", "size": USUAL}

_ADD = re.compile(
    rf"{nouns.ADD}|\banother\b|\bnew\b|\b(?:creat|generat|mak)(?:e|ing) an?\b|再来|做一|生成"
)
_CHANGE = re.compile(
    r"\b(?:chang|updat|renam|edit|replac|mov|turn|mak|set)(?:e|ing)?\b|改|换|移|调|变|设|让"
)
_ADD_PLAINLY = re.compile(r"\badd|添加|加一?个")
_POINTS = re.compile(r"\bit\b|\bthe (?:colou?r|font|size|position)|它|颜色|字号|字体|位置")
_AT_END = re.compile(
    r"\bat the (?:very )?end\b|\bto the end of\b|\bending\b|\boutro\b|\bclosing\b|\bend (?:title|card)\b|结尾|最后|末尾|片尾"
)
_WHOLE = re.compile(
    r"\b(?:throughout|(?:the )?(?:whole|entire) (?:video|time|clip)|all the time|always)\b|全程|整个视频|一直"
)
_THE_TITLE = re.compile(
    r"\b(?:the|my|this) (?:title|text|heading|headline)\b|^(?:请?[把给让将])?(?:这个)?(?:标题|文字)"
)
_INSTEAD = re.compile(r"^(?:but|only) with\b|\binstead\b|^但")
_SHIFT = re.compile(r"\b((?:move|shift|push|delay)[^‹]{0,24}) (?:to|until) (?=‹)")
_SOUNDS = re.compile(r"音|声|\bvolume\b|\bsound\b|\bloud")
_ALL = re.compile(r"\ball\b|所有|全部")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleWish:
    """A wish about words on the screen: `new` ones, or a change of those that are there."""

    clause: Clause
    new: bool


def recognise(clause: Clause, bench: Bench) -> TitleWish | None:
    """Take what speaks of a title, quotes words to show, or changes the look of `it`."""
    lowered = clause.lowered
    head = nouns.head(lowered)
    shown = titles(bench.draft)
    quoting = bool(clause.quotes) and head not in ("music", "subtitles")
    others = _SOUNDS.search(lowered) or any(
        nouns.mentions(k, lowered) for k in ("picture", "music", "subtitles")
    )
    styling = bool(
        shown and look(lowered) and (_POINTS.search(lowered) or look_alone(lowered)) and not others
    )
    speaking = nouns.mentions("title", nouns.main(lowered)) and head in ("title", None)
    if not (quoting or styling or speaking):
        return None
    pointing = _THE_TITLE.search(lowered) and wording(clause, new=True) is None
    instead = _INSTEAD.search(lowered) is not None
    if (
        clause.quotes
        and not instead
        and not _CHANGE.search(lowered)
        and not _THE_TITLE.search(lowered)
    ):
        return TitleWish(clause=clause, new=True)
    changing = (
        instead
        or pointing
        or not _ADD.search(lowered)
        or (_CHANGE.search(lowered) and not _ADD_PLAINLY.search(lowered))
    )
    return TitleWish(clause=clause, new=not (shown and changing))


def perform(request: TitleWish, bench: Bench) -> Deeds:
    """Add the title, or change the ones that are there."""
    shown = titles(bench.draft)
    if request.new or not shown:
        return (_added(request.clause, bench),)
    named = [s for s in shown if about(s).get("text") in request.clause.quotes[:-1]]
    chosen = shown if _ALL.search(request.clause.lowered) else named or shown[-1:]
    return tuple(_changed(request.clause, segment, bench) for segment in chosen)


def _added(clause: Clause, bench: Bench) -> Work:
    fades, lowered = take_fades(without_wording(clause.lowered))
    named = bench.draft.get("m", {}).get("title")
    text = wording(clause, new=True) or str(named or bench.speak("Title", "标题"))
    return title(bench, text, _when(lowered, clause, bench), {**LOOKS, **look(lowered), **fades})


def title(bench: Bench, text: str, between: tuple[int, int], looks: dict[str, Any]) -> Work:
    """Return the work that shows `text` between two moments (milliseconds)."""
    start, stop = between
    segment: Segment = {
        "id": bench.new_id("title"),
        "s": start,
        "d": stop - start,
        "m": {"text": text, "role": "title", **looks},
    }
    shown, when = told(looks, bench.language), seconds(start, stop, bench.language)
    return Work(
        op="add_text",
        told=bench.speak(
            f"Title added: “{text}” ({shown}, {when}).",
            f"已添加标题“{text}”（{shown}，{when}）。",
        ),
        facts={
            "track": "text",
            "segments": [segment["id"]],
            "text": text,
            "start": start,
            "duration": stop - start,
            **looks,
        },
        operations=(put(bench.draft, TEXT, segment),),
    )


def _when(lowered: str, clause: Clause, bench: Bench) -> tuple[int, int]:
    """Return start and end of a new title in milliseconds, within the clips the clause names."""
    begin, stop = span(clause, bench)
    room = stop - begin or lengths.LONGEST_MS
    between, rest = take_range(lowered)
    if between and between[1] > between[0]:
        return begin + between[0], begin + min(between[1], between[0] + lengths.LONGEST_MS)
    moment, rest = take_moment(rest)
    asked, _ = take_length(rest)
    usual = room if _WHOLE.search(lowered) and stop > begin else min(USUAL_MS, room)
    ms = int(clamp(usual if asked is None else asked, SHORTEST_MS, lengths.LONGEST_MS))
    if _AT_END.search(lowered):
        return max(begin, stop - ms), max(begin, stop - ms) + ms
    start = begin + min(moment or 0, max(0, room - SHORTEST_MS))
    return start, start + ms


def _changed(clause: Clause, segment: Segment, bench: Bench) -> Deed:
    fades, lowered = take_fades(without_wording(clause.lowered))
    text = wording(clause, new=False)
    inner = {
        **({"text": text} if text else {}),
        **look(lowered, int(about(segment).get("size", USUAL))),
        **fades,
    }
    times = _new_times(lowered, segment)
    if not inner and not times:
        return bench.answer(
            "What should change about the title: its words, colour, size, position or time?",
            "标题要改哪里：文字、颜色、大小、位置还是时间？",
        )
    shown = inner.get("text", about(segment).get("text", ""))
    when = seconds(times["s"], times["s"] + times["d"], bench.language) if times else ""
    looks = bench.speak(", ", "，").join(filter(None, (told(inner, bench.language), when)))
    return Work(
        op="change_text",
        told=bench.speak(
            f"Title updated: “{shown}”{looks and f' ({looks})'}.",
            f"已更新标题“{shown}”{looks and f'（{looks}）'}。",
        ),
        facts={"track": "text", "segments": [segment["id"]], **inner, **times},
        operations=(
            *replaced(bench.draft, TEXT, segment, times),
            *((Change(segment["id"], {"m": inner}),) if inner else ()),
        ),
    )


def _new_times(lowered: str, segment: Segment) -> dict[str, int]:
    """Return the start and length a text gives to a title that is there."""
    between, rest = take_range(lowered)
    moment, rest = take_moment(_SHIFT.sub(r"\1 at ", rest))
    asked = lengths.changed(rest, segment["d"])
    asked = take_length(rest)[0] if asked is None else asked
    if between and between[1] > between[0]:
        return {"s": between[0], "d": between[1] - between[0]}
    if asked is None and moment is None:
        return {}
    d = segment["d"] if asked is None else int(clamp(asked, SHORTEST_MS, lengths.LONGEST_MS))
    return {"s": segment["s"] if moment is None else moment, "d": d}


FAMILY = Family(recognise=recognise, perform=perform)
