"""Once more: a generated video or track again, from the same subject or brief.

Law: the new take stands where the old one stood, under the same segment, and is the same scene. Another aspect ratio is only to
be had this way (documented limit of the service), so a wish for one without the word is answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nemovideo_fakeserver.agent.families import generation
from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.families.generation import SHORTEST_MS, film, scene
from nemovideo_fakeserver.agent.reading import brief as briefs
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.lengths import LONGEST_MS
from nemovideo_fakeserver.agent.reading.quantities import canvas, clamp, ratio, take_length
from nemovideo_fakeserver.agent.reading.revision import refined
from nemovideo_fakeserver.agent.stage.bench import GENERATE, Bench, Deed, Work
from nemovideo_fakeserver.agent.stage.scoring import refinable, render
from nemovideo_fakeserver.agent.stage.timeline import about, music, pictures, shorten
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import Change, Describe, Operation, Segment

_AGAIN = re.compile(
    r"\bre-?(?:generat|creat|mak|compos)(?:e|ing)\b|\bredo\b|\btry again\b|\banother (?:one|version|take|try)\b|\b(?:do|try|generate|create|make|compose)\b.{0,30}\bagain\b|^(?:once )?(?:again|more)$|"
    r"\bnew version\b|\btry something (?:else|different)\b|\bdifferent version\b|重新(?:生成|制作|创作|做|来)|重做|再来一[个次版首段]|再(?:生成|做)一|换一个|换个版本"
)
_SHAPE = re.compile(
    r"\b(?:aspect )?ratio\b|\b(?:format|orientation)\b|\bvertical\b|\bportrait\b|\bhorizontal\b|\blandscape\b|\bsquare\b|\bresize\b|\bcrop (?:it |the video )?(?:to|into)\b|"
    r"比例|画幅|竖屏|横屏|竖版|横版|方形"
)
_CHANGING = re.compile(
    rf"{nouns.CHANGE}|\bconvert\b|\bcrop\b|\bresize\b|\bwant\b|\bneed\b|\bin\b|\bto\b|成|为"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retake:
    """A wish for another take of `what`, or (`shape`) for another shape of the film."""

    clause: Clause
    what: Literal["music", "video", "shape"]


def recognise(clause: Clause, bench: Bench) -> Retake | None:
    """Take what asks for the same once more, and changes of the aspect ratio of what is there."""
    lowered = clause.lowered
    if _AGAIN.search(lowered):
        filmed = _takes(bench) or nouns.mentions("picture", lowered) or ratio(lowered)
        heard = nouns.mentions("music", lowered) or (not filmed and refinable(bench))
        return Retake(clause=clause, what="music" if heard else "video")
    there = pictures(bench.draft) or any(a.kind != "audio" for a in bench.uploads)
    old = generation.recognise(clause, bench) is None
    shaped = ratio(lowered) and _CHANGING.search(lowered) and not re.search(nouns.ADD, lowered)
    return (
        Retake(clause=clause, what="shape")
        if there and old and shaped and _about_shape(lowered)
        else None
    )


def _about_shape(lowered: str) -> bool:
    return _SHAPE.search(lowered) is not None or re.search(r"\d:\d", lowered) is not None


def perform(request: Retake, bench: Bench) -> Deeds:
    """Take it again, or say what cannot be done."""
    if request.what == "music":
        tracks = refinable(bench)
        again = tuple(
            _replayed(request.clause, s, bench.at("take", n)) for n, s in enumerate(tracks)
        )
        return again or (_nothing(bench),)
    if request.what == "shape":
        return (_reshaping(request.clause, bench),)
    return _filmed_again(request.clause, bench)


def _reshaping(clause: Clause, bench: Bench) -> Deed:
    """Offer another take in the shape asked for, or say why there is none to be had."""
    shape = ratio(clause.lowered)
    if not _takes(bench):
        return bench.answer(
            f"Your uploaded clip keeps its shape: only generated scenes can be made again in {shape}. I can generate a new {shape} video if you tell me what it shows.",
            f"上传的素材会保持原有画幅：只有生成的视频才能重新生成为{shape}。告诉我要表现什么，我可以生成一个新的{shape}视频。",
        )
    return bench.answer(
        "The aspect ratio can't be changed on a finished video; it has to be regenerated. "
        f"Say “regenerate in {shape}” and I'll do that.",
        f"已有视频不能直接修改画幅比例，需要重新生成。如果需要，请说“重新生成{shape}版本”。",
    )


def _nothing(bench: Bench) -> Deed:
    return bench.answer(
        "There is nothing generated on the timeline that I could redo. What should I generate?",
        "时间线上还没有可以重新生成的内容。要生成什么呢？",
    )


def _takes(bench: Bench) -> list[tuple[Segment, Asset]]:
    """Return the generated videos on the timeline."""
    films = {a.url: a for a in bench.generated if a.kind == "video"}
    return [(s, films[s["src"]]) for s in pictures(bench.draft) if s.get("src") in films]


def _filmed_again(clause: Clause, bench: Bench) -> Deeds:
    """Take the last generated video again; with another ratio, all of them."""
    takes = _takes(bench)
    shape = ratio(clause.lowered)
    if not takes:
        uploaded = shape and any(a.kind != "audio" for a in bench.uploads)
        return (_reshaping(clause, bench) if uploaded else _nothing(bench),)
    chosen = takes if shape else takes[-1:]
    deeds: list[Work] = []
    for number, (segment, old) in enumerate(chosen):
        here, name = bench.at("take", number), about(segment).get("name", "video")
        size = canvas(shape, clause.lowered) if shape else (old.width, old.height)
        asked, _ = take_length(clause.lowered)
        only = len(pictures(bench.draft)) == 1
        ms = (
            int(clamp(asked, SHORTEST_MS, LONGEST_MS))
            if asked is not None and only
            else round(old.seconds * 1_000)
        )
        deeds.append(_retaken(here, segment, film(here, name, ms, size, scene=scene(old)), size))
    return tuple(deeds)


def _retaken(bench: Bench, segment: Segment, take: Asset, size: tuple[int, int]) -> Work:
    ms = round(take.seconds * 1_000)
    only = len(pictures(bench.draft)) == 1
    d = ms if only else segment["d"]
    operations: list[Operation] = [
        Change(
            segment["id"],
            {"src": take.url, "d": d, **({"in": 0, "m": {"speed": 1.0}} if only else {})},
        )
    ]
    operations += (
        [o for s in music(bench.draft) for o in shorten(s, segment["s"] + d)] if only else []
    )
    name = about(segment).get("name", "")
    return Work(
        op="regenerate_video",
        tool=GENERATE,
        told=bench.speak(
            f"Here is a new take of “{name}” ({size[0]}x{size[1]}).",
            f"“{name}”已重新生成（{size[0]}x{size[1]}）。",
        ),
        facts={
            "prompt": name,
            "duration": ms / 1_000,
            "width": size[0],
            "height": size[1],
            "segments": [segment["id"]],
            "url": take.url,
        },
        operations=(*operations, Describe({"width": size[0], "height": size[1]})),
        made=(take,),
    )


def _replayed(clause: Clause, segment: Segment, bench: Bench) -> Work:
    """Compose the track again: same brief, with whatever the clause changes."""
    brief = refined(briefs.recalled(about(segment)), clause.lowered)
    track = render(bench, brief, segment["d"])
    name = about(segment).get("name", brief.name(bench.language))
    return Work(
        op="regenerate_bgm",
        told=bench.speak(f"I composed {name} anew.", f"已重新创作背景音乐“{name}”。"),
        facts={"track": "audio", "segments": [segment["id"]], "name": name, **brief.notes()},
        operations=(Change(segment["id"], {"src": track.url, "in": 0, "m": brief.patch()}),),
        made=(track,),
    )


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
