"""A video made from words.

Law: a generation is the dear tool, so it needs a subject; without one the agent asks. The raw video comes
first, in as many scenes as asked for; music and a title are added afterwards, unasked (see `embellishment`). A new video goes behind what
is on the timeline already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause, unmarked
from nemovideo_fakeserver.agent.reading.language import lower
from nemovideo_fakeserver.agent.reading.lengths import LONGEST_MS
from nemovideo_fakeserver.agent.reading.quantities import (
    canvas,
    clamp,
    figures,
    ratio,
    take_length,
    take_moment,
)
from nemovideo_fakeserver.agent.stage.bench import GENERATE, Bench, Work
from nemovideo_fakeserver.agent.stage.staging import canvas as set_canvas
from nemovideo_fakeserver.agent.stage.timeline import pictures
from nemovideo_fakeserver.core.assets import Asset, Synthetic, imagined
from nemovideo_fakeserver.core.draft import VIDEO, Put, Segment, end

USUAL_MS, SHORTEST_MS = 5_000, 1_000
FPS = 30.0

_OLD = re.compile(
    r"\b(?:the|my|this|that|our|it)\b (?:[\w‹›-]+ ){0,3}?(?:video|clip|film|movie|footage|photos?|pictures?|images?|timeline|shots?|scenes?)\b|我的|这[个段]|把|将|给视频|视频里|画面|让视频|[调改换]"
)
_MOVING = re.compile(
    r"\b(?:videos?|vids?|clips?|films?|movies?|footage|animations?|scenes?|reels?|vlogs?|montages?|shots?|timelapses?)\b(?!-)|视频|片段|影片|短片|动画|集锦|混剪|镜头|宣传片|广告片|纪录片"
)
_MAKE = re.compile(rf"{nouns.CREATE}|\bshoot\b|\brender\b|\bfilm\b|拍")
DESCRIBED = re.compile(
    r"\b(?:an?|another|some|one more) (?:[\w‹›-]+ ){0,4}?(?:videos?|clips?|shots?|scenes?|footage) (?:of|about(?! ‹)|showing|featuring) (?!my\b|the uploaded\b|these\b|music\b)"
    r"|加(?:上|入)?[一1][段个](?:‹\d+›的?)?(?!我|这|上传|刚)[^,，]{1,12}(?:视频|镜头)"
)
"""A new video by what it shows, whatever the verb."""

_NOUN_PHRASE = re.compile(r"an? |‹|[1一][段个条部]")
_VERB = re.compile(rf"{nouns.ADD}|{nouns.CHANGE}|\bfad(?:e|ing)|淡[入出]")
_ABOUT = re.compile(
    r"\b(?:of|about(?! ‹)|showing|featuring|depicting|where|in which)\b (.+)|(?:关于|主题是|内容是)(.+)",
    re.DOTALL,
)
_NOISE = re.compile(
    r"[.,;] ?(?:and )?make (?:it|this|that)\b.*|‹\d+›(?:的|长)?|\b(?:please|can you|could you|would you|i want|i need|i'd like|give me|generat(?:e|ing)|creat(?:e|ing)|mak(?:e|ing)|produc(?:e|ing)|render)\b"
    r"|\b(?:in(?:to)?|as|at|with) (?:an? )?(?:(?:1080|720|480|540)p|4k|mp4|hd|\d{1,2}:\d{1,2}|vertical|portrait|square|landscape).*"
    r"|(?<![a-z\d])(?:\d{3,4}[pi](?:\d{2,3}帧?)?|[248]k|(?:full )?u?hd|\d{2,3} ?-?(?:fps|frames (?:per|a) second|帧(?:每秒)?)|每秒\d{2,3}帧)(?![a-z\d])|[超全]?高清"
    r"|\b(?:mp4|\d{1,2}:\d{1,2}|vertical|portrait|square|horizontal|widescreen)\b(?: (?:ratio|format|aspect ratio))?|\bfor (?:tiktok|reels|shorts|youtube|instagram|me)\b|\baspect ratio\b"
    r"|\b(?:reply|answer|respond)(?: \w+){0,3} ?:"
    r"|请|帮我|麻烦|加(?:上|入)?(?=[一1][段个])|生成|创作|制作|创建|做|拍|[1一][个段条部支]|竖屏|横屏|方形|输出.*|格式|比例"
)
SCENES = re.compile(
    r"(?:\b(?:in|with|of|over|across|as|split into|made of) )?\b(\d{1,2})[ -](?:(?:different|separate|short) )?scenes?\b(?: of)?"
    r"|(?:[分共由用]?[成为有]?)(\d{1,2})个(?:不同的?)?(?:场景|镜头)(?:组成)?"
)
"""How many scenes a film has."""

MOST_SCENES = 12
_MOVING_WORD = re.compile(
    r"\b(?:videos?|vids?|clips?|films?|movies?|footage)\b|视频|影片|短片|片段"
)
_ARTICLE = re.compile(r"^(?:an?|the|some|me|my|long|short|new|of|about)\b ?")
_DANGLING = re.compile(
    r"(?: ?的)? ?(?:视频|影片|短片|片段)$|(?: (?:for|in|at|with|without|of|and|as|on|about|around|within))+$| ?(?:with|without|and)(?: any| no)? (?:music|bgm|sound|title|text).{0,20}$"
)
_MANNER = re.compile(
    r"\b(?:mood|vibe|feel|feeling|style|tone|look|no|without|about|around)\b|‹|^\s*$|风格|氛围|感觉|不要|无"
)
_SOCIAL = re.compile(r"\b(?:tiktok|reels?|youtube shorts|shorts|stories)\b|抖音|快手|小红书|视频号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A wish for a video that is not there yet."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Scenario | None:  # noqa: ARG001  # a family's signature
    """Take what asks for a new video; `the video` and `my video` are old ones."""
    lowered = clause.lowered
    moving = nouns.head(lowered) == "picture" and _MOVING.search(nouns.subject(lowered))
    if not moving or _OLD.search(lowered) or _edits(lowered):
        return None
    named = _NOUN_PHRASE.match(lowered) and not _VERB.search(lowered) and subject(clause)
    return (
        Scenario(clause=clause)
        if _MAKE.search(lowered) or DESCRIBED.search(lowered) or named
        else None
    )


def _edits(lowered: str) -> bool:
    return (
        re.search(
            r"\b(?:trim|cut|split|crop|remove|delete|mute|put|second clip|first clip|clip \d)\b|(?<!混)剪|删|第\d",
            lowered,
        )
        is not None
    )


def subject(clause: Clause) -> str:
    """Return what the video is to show, or an empty text."""
    text = figures(lower(unmarked(clause.text)))
    shown = _ABOUT.search(text)
    phrase = _shown_part((shown[1] or shown[2]) if shown else text)
    words = _NOISE.sub(" ", phrase)
    if not shown:
        words = _MOVING_WORD.sub(" ", words)
    words = re.sub(r"[‹›]", " ", words)
    parts = (p.strip(" .;:!?-，。、的") for p in re.split(r"[,，]", SCENES.sub(" ", words)))
    words = re.sub(r"\s+(?=[\s:;])", "", ", ".join(filter(None, parts)))
    for _ in range(3):
        words = _ARTICLE.sub("", words).strip(" -")
    words = _DANGLING.sub("", words)
    return words[:80] or " ".join(clause.quotes)[:80]


def _shown_part(phrase: str) -> str:
    """Leave out what is said of the manner behind commas: `a bakery, warm mood, no music`."""
    first, *more = re.split(r"[,，]", phrase)
    return ", ".join((first, *(m.strip() for m in more if not _MANNER.search(m))))


def perform(request: Scenario, bench: Bench) -> Deeds:
    """Generate the video, or ask what it is to show."""
    lowered, shown = request.clause.lowered, subject(request.clause)
    if not shown:
        return (
            bench.answer(
                "What should the video show? Give me a subject, a length and a format, or upload your own clips.",
                "视频要表现什么内容？告诉我主题、时长和画幅，或者上传你自己的素材。",
            ),
        )
    shape = ratio(lowered) or ("9:16" if _SOCIAL.search(lowered) else None)
    size = canvas(shape, lowered) if shape else (bench.scene.width, bench.scene.height)
    asked, _ = take_length(take_moment(lowered)[1])
    ms = int(clamp(USUAL_MS if asked is None else asked, SHORTEST_MS, LONGEST_MS))
    return tuple(_scenes(bench, shown, ms, size, _count(figures(lowered), ms)))


def _count(lowered: str, ms: int) -> int:
    """Return how many scenes a film of `ms` milliseconds is to have; none is too short."""
    said = SCENES.search(lowered)
    wanted = int(next(g for g in said.groups() if g)) if said else 1
    return int(clamp(wanted, 1, min(MOST_SCENES, ms // SHORTEST_MS)))


def _scenes(bench: Bench, shown: str, ms: int, size: tuple[int, int], count: int) -> Iterator[Work]:
    """Yield scenes of equal length that last `ms` milliseconds together."""
    told = bench.speak(
        f"Your {ms / 1_000:g}s video “{shown}” is generated in {count} scenes.",
        f"{ms / 1_000:g}秒的视频“{shown}”已生成，共{count}个场景。",
    )
    for number in range(count):
        length = ms * (number + 1) // count - ms * number // count
        work = generate(bench, shown, length, size)
        yield replace(work, told=told) if count > 1 else work
        bench = bench.after(work)


def generate(bench: Bench, shown: str, ms: int, size: tuple[int, int]) -> Work:
    """Return the work that generates a video and puts it behind what is shown."""
    clip = film(bench, shown, ms, size, scene=1 + max(map(scene, bench.generated), default=0))
    at = max((end(s) for s in pictures(bench.draft)), default=0)
    segment: Segment = {
        "id": bench.new_id("video"),
        "s": at,
        "d": ms,
        "src": clip.url,
        "in": 0,
        "m": {"name": shown, "volume": 100, "speed": 1.0},
    }
    return Work(
        op="generate_video",
        tool=GENERATE,
        told=bench.speak(
            f"Your {ms / 1_000:g}s video “{shown}” is generated.",
            f"{ms / 1_000:g}秒的视频“{shown}”已生成。",
        ),
        facts={
            "prompt": shown,
            "duration": ms / 1_000,
            "width": size[0],
            "height": size[1],
            "segments": [segment["id"]],
            "url": clip.url,
        },
        operations=(*set_canvas(bench, size, shown), Put(VIDEO, segment)),
        made=(clip,),
    )


def scene(asset: Asset) -> int:
    """Return which scene of the session a video is, from 1; 0 for all else."""
    number = asset.source.notes.get("scene") if isinstance(asset.source, Synthetic) else None
    return number if isinstance(number, int) else 0


def film(bench: Bench, shown: str, ms: int, size: tuple[int, int], *, scene: int) -> Asset:
    """Return a generated video of `ms` milliseconds; a card shows the number of its scene."""
    id_ = "video_" + bench.chance.hex(12, "film")
    source = Synthetic(
        kind="video",
        seconds=ms / 1_000,
        label=shown,
        seed=bench.chance.number("film seed") % 2**32,
        width=size[0],
        height=size[1],
        fps=FPS,
        notes={"scene": scene},
    )
    return imagined(
        source,
        filename=f"{id_}.mp4",
        url=f"{bench.scene.cdn}/generated/{id_}.mp4",
        hash_=bench.chance.hex(64, "film hash"),
        origin="generated",
    )


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
