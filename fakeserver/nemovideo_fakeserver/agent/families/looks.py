"""How clips look: brightness and its kin, filters, fades, transitions.

Law: adjustments are whole numbers from -100 to 100, 0 being the clip as it is. The tables are the whole
vocabulary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.language import Language
from nemovideo_fakeserver.agent.reading.lengths import degree
from nemovideo_fakeserver.agent.reading.lexicon import Lexicon
from nemovideo_fakeserver.agent.reading.quantities import clamp, percent, take_fades
from nemovideo_fakeserver.agent.stage.bench import Bench, Work
from nemovideo_fakeserver.agent.stage.staging import nothing_to_edit
from nemovideo_fakeserver.agent.stage.targets import aimed
from nemovideo_fakeserver.agent.stage.timeline import about, pictures
from nemovideo_fakeserver.agent.telling.settings import told
from nemovideo_fakeserver.core.draft import Change, Segment

STEP = 15

_NAMED = Lexicon(
    {
        "brightness": "brightness|exposure|亮度|曝光",
        "contrast": "contrast|对比度",
        "saturation": "saturation|vibrance|饱和度",
        "temperature": "temperature|white balance|色温|白平衡",
        "sharpness": "sharpness|锐度|清晰度",
    }
)
_COMPARED = (
    (
        "brightness",
        1,
        re.compile(
            r"\btoo dark\b|太暗|\bbrighte(?:r|n)\b|\blighter\b|更亮|调亮|提亮|亮一?[点些]|明亮"
        ),
    ),
    (
        "brightness",
        -1,
        re.compile(r"\btoo bright\b|太亮|\bdarke(?:r|n)\b|\bdimmer\b|更暗|调暗|压暗|暗一?[点些]"),
    ),
    ("temperature", 1, re.compile(r"\bwarm(?:er)?\b|更暖|暖一?[点些]|暖色")),
    ("temperature", -1, re.compile(r"\bcooler\b|\bcolder\b|更冷|冷一?[点些]|冷色")),
    (
        "saturation",
        1,
        re.compile(
            r"\bvivid\b|\bvibrant\b|\bmore colou?rful\b|\bsaturated\b|\bpop\b|更鲜艳|鲜艳|艳丽"
        ),
    ),
    ("saturation", -1, re.compile(r"\bmuted\b|\bdesaturat|\bless colou?rful\b|\bpale\b|更淡|素雅")),
    ("sharpness", 1, re.compile(r"\bsharpe(?:r|n)\b|\bcrisper\b|锐化|更清晰|清晰一?[点些]")),
)
_LOWER = re.compile(
    r"\b(?:lower|reduce|decrease|less|turn down|down|drop)\b|降低|减少|调低|减小|低一?[点些]"
)
_TO = re.compile(r"\bto (?:the )?[-+]?\d|调到|设为|调至|调成")
_FILTERS = Lexicon(
    {
        "black and white": "black and white|black-and-white|b&w|grayscale|greyscale|monochrome|黑白",
        "sepia": "sepia|怀旧色",
        "vintage": "vintage|retro|old film|film look|复古|怀旧|胶片",
        "cinematic": "cinematic|movie look|teal and orange|film-like|电影感|电影级|大片",
        "dreamy": "dreamy|soft glow|梦幻",
        "blur": "blur|blurred|blurry|模糊|虚化",
    }
)
_TRANSITIONS = Lexicon(
    {
        "dissolve": "dissolve|cross dissolve|cross-dissolve|叠化|溶解|交叉溶解",
        "crossfade": "crossfade|cross-fade|cross fade|交叉淡化|交叉淡入淡出",
        "wipe": "wipe|擦除",
        "slide": "slide|滑动",
        "zoom": "zoom|缩放",
    }
)
_TRANSITION = re.compile(r"\btransitions?\b|转场|过渡效果")
_GRADE = re.compile(
    r"\b(?:adjust|fix|correct|grade|grading|improve|enhance|balance|tweak|change)\b.{0,20}\bcolou?rs?\b|\bcolou?r[ -](?:grad|correct|adjust)|(?:调整|校正|优化|修正).{0,6}(?:色彩|颜色|色调)|调色|校色"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A wish for another look of clips."""

    clause: Clause


def recognise(clause: Clause, bench: Bench) -> Look | None:  # noqa: ARG001  # a family's signature
    """Take what adjusts, filters, fades or joins pictures."""
    lowered = clause.lowered
    if (
        any(nouns.mentions(kind, lowered) for kind in ("music", "title", "subtitles"))
        or clause.quotes
    ):
        return None
    fades, rest = take_fades(lowered)
    wanted = (
        fades
        or _NAMED.find(rest)
        or _FILTERS.find(rest)
        or _TRANSITION.search(rest)
        or _GRADE.search(rest)
        or _TRANSITIONS.find(rest)
    )
    return Look(clause=clause) if wanted or any(p.search(rest) for _, _, p in _COMPARED) else None


def perform(request: Look, bench: Bench) -> Deeds:
    """Change the look of the clips the clause names."""
    lowered = request.clause.lowered
    chosen = aimed(request.clause, bench)
    if not chosen:
        return (nothing_to_edit(bench),)
    fades, rest = take_fades(lowered)
    joining = _TRANSITION.search(rest) or _TRANSITIONS.find(rest)
    if joining and len(pictures(bench.draft)) < 2:
        return (
            bench.answer(
                "A transition needs two clips, and there is only one on the timeline.",
                "转场需要至少两个片段，时间线上只有一个。",
            ),
        )
    patches = {s["id"]: _patch(rest, s) for s in chosen}
    if "fade_in" in fades:
        patches[chosen[0]["id"]]["fade_in"] = fades["fade_in"]
    if "fade_out" in fades:
        patches[chosen[-1]["id"]]["fade_out"] = fades["fade_out"]
    done = {key: value for patch in patches.values() for key, value in patch.items()}
    listed = told(_labelled(done, bench.language), bench.language)
    return (
        Work(
            op="adjust_look",
            told=bench.speak(f"The picture is adjusted: {listed}.", f"画面已调整：{listed}。"),
            facts={"track": "video", "segments": list(patches), **done},
            operations=tuple(Change(id_, {"m": patch}) for id_, patch in patches.items() if patch),
        ),
    )


def _labelled(done: dict[str, Any], language: Language) -> dict[str, Any]:
    lexicons = {"filter": _FILTERS, "transition": _TRANSITIONS}
    return {k: lexicons[k].label(v, language) if k in lexicons else v for k, v in done.items()}


def _patch(lowered: str, segment: Segment) -> dict[str, Any]:
    patch: dict[str, Any] = dict(_adjusted(lowered, about(segment)))
    if filter_ := _FILTERS.first(lowered):
        patch["filter"] = filter_
    if _TRANSITION.search(lowered) or _TRANSITIONS.find(lowered):
        patch["transition"] = _TRANSITIONS.first(lowered) or "crossfade"
    if not patch and _GRADE.search(lowered):
        patch = {"brightness": 5, "contrast": 10, "saturation": 10}
    return patch


def _number(lowered: str) -> float | None:
    """Return the number of an adjustment; `brightness +20` means per cent, too."""
    plain = re.search(r"(?<![\d‹.:])([-+]?\d{1,3})(?![\d›.:])", lowered)
    share = percent(lowered)
    return float(plain[1]) if share is None and plain else share


def _adjusted(lowered: str, now: dict[str, Any]) -> dict[str, int]:
    """Return brightness and its kin, by name or by comparison."""
    number, step = _number(lowered), round(STEP * degree(lowered))
    sign = -1 if _LOWER.search(lowered) else 1
    changes = dict.fromkeys(_NAMED.find(lowered), sign)
    for name, direction, pattern in _COMPARED:
        if pattern.search(lowered):
            changes.setdefault(name, direction)
    adjusted = {}
    for name, direction in changes.items():
        moved = int(now.get(name, 0)) + direction * (abs(number) if number is not None else step)
        wanted = number if number is not None and _TO.search(lowered) else moved
        adjusted[name] = round(clamp(wanted, -100, 100))
    return adjusted


FAMILY = Family(recognise=recognise, perform=perform)
