"""Colours that suit a subject, from its words in English or Chinese.

One table says which words bring which colours: the first of its themes that a subject names does. The
low sun only lends its lights: an `ocean sunset` is deep blue under orange light, and so is a `sunset
over the ocean`. A subject without any such word gets a hue drawn from it.

The ground is always dark enough for the light words above it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb
from dataclasses import dataclass
from typing import TypeAlias

from PIL import ImageColor

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media.timeline.colours import Rgb

Colours: TypeAlias = tuple[Rgb, Rgb, Rgb, Rgb]
Said: TypeAlias = tuple[tuple[re.Pattern[str], Colours], ...]

_LOW_SUN: Mapping[str, str] = {
    "sunset|dusk|golden hour|evening|orange|日落|落日|夕阳|黄昏|晚霞|傍晚|橙|橘": "#2a0f33 #c24b32 #ff9440 #ffd98a",
    "dawn|sunrise|morning|daybreak|日出|黎明|清晨|早晨|晨|朝阳|曙光": "#232350 #b86a72 #ffb27f #ffe9c4",
}

_GROUNDS: Mapping[str, str] = {
    "ocean|sea|seas|waves?|underwater|whales?|dolphins?|fish|river|lake|water|rain|blue|sky"
    "|海|洋|浪|湖|河|江|水|鱼|雨|蓝|天空": "#031a30 #0b5a8c #27b0d9 #9fecf2",
    "beach|tropical|island|palm|summer|surf|surfing|pool|holiday|vacation|travel|teal|turquoise|cyan"
    "|沙滩|海滩|热带|岛|夏|冲浪|泳池|度假|旅行|旅游|青色": "#04303d #0f8a97 #ffd166 #a9f0e2",
    "forest|woods|jungle|trees?|rainforest|grass|meadow|garden|tea|leaf|leaves|nature|bamboo|green"
    "|森林|树|丛林|雨林|草|花园|茶|叶|自然|竹|绿": "#04211a #1f6a44 #7cc45a #e0f0a0",
    "neon|cyberpunk|nightlife|club|disco|party|synthwave|purple|violet"
    "|霓虹|赛博朋克|夜生活|夜店|派对|紫": "#12062a #4a1475 #ff2fb3 #2be0ff",
    "night|midnight|moon|moonlight|stars?|starry|space|galaxy|cosmos|planets?|aurora|milky way"
    "|夜|月|星|太空|宇宙|银河|极光": "#050920 #1f2f78 #7b8cff #d8ccff",
    "city|skyline|street|streets|urban|downtown|traffic|buildings?|architecture"
    "|城|街|都市|大楼|建筑|天际线": "#0c1424 #38507c #ffac52 #ffe2a8",
    "snow|snowy|winter|ice|icy|glacier|arctic|frost|christmas|ski|skiing|white"
    "|雪|冬|冰|极地|圣诞|滑雪|白色": "#10273f #5b8db3 #d3edfa #ffffff",
    "desert|sand|dunes?|sahara|savanna|safari|camels?|yellow|沙漠|沙丘|大漠|戈壁|骆驼|黄色": "#3a1a10 #b8702f #f5bc62 #ffe8b0",
    "coffee|cafe|café|espresso|latte|bakery|bread|baker|chocolate|wood|wooden|library|books?|cozy|cosy|brown"
    "|咖啡|面包|烘焙|巧克力|木|书|图书馆|棕": "#1f1009 #74401f #e09a54 #ffdfae",
    "fire|flames?|lava|volcano|campfire|candles?|dragon|red|chili|chilli"
    "|火|焰|熔岩|火山|篝火|烛|龙|红|辣": "#1c0506 #8a1a10 #ff6a2a #ffcf57",
    "spring|cherry|blossoms?|sakura|flowers?|roses?|love|wedding|romance|romantic|valentine|pink"
    "|春|樱|花|玫瑰|爱|婚礼|浪漫|情人|粉": "#35102b #a3456f #ff9ec2 #ffe4ee",
    "autumn|fall foliage|harvest|maple|halloween|pumpkins?|秋|丰收|枫|南瓜|万圣": "#2a1008 #93420f #f08f33 #ffd25e",
    "storm|fog|foggy|mist|misty|clouds?|cloudy|grey|gray|melancholy|sad|暴风|雾|云|灰|忧郁|悲伤": "#10171f #456078 #8fb0c8 #d9e6ee",
    "mountains?|hills?|alps|hiking|peaks?|cliffs?|valley|canyon|山|峰|徒步|悬崖|峡谷": "#0d1a30 #466a8f #f0c79a #d6e6f5",
    "tech|technology|robots?|future|futuristic|ai|code|coding|digital|data|startup|app|science|laboratory"
    "|科技|机器人|未来|人工智能|代码|数字|数据|科学|实验": "#03111c #0c4a63 #1de9c6 #7fc4ff",
    "food|cooking|kitchen|restaurant|fruit|pizza|noodles?|sushi|recipe|chef|美食|烹饪|厨|餐|水果|面条|寿司|菜": "#2b0f0b #94351f #ff9a56 #ffdc8c",
    "music|concert|dance|dancing|jazz|rock|guitar|piano|studio|音乐|演唱会|舞|爵士|摇滚|吉他|钢琴": "#180a2e #5a2080 #ff6aa6 #a48bff",
    "luxury|gold|golden|jewel(?:le)?ry|diamonds?|perfume|fashion|elegant|奢华|奢侈|金色|珠宝|钻石|香水|时尚|优雅": "#12100a #57451c #e0bb62 #fff3c9",
    "dark|horror|ghosts?|mystery|thriller|black|恐怖|鬼|悬疑|黑": "#060608 #2d1622 #a32c3e #8f8fa3",
}
"""Words, and what they bring: the ground's deep and its full colour, and the colours of two lights."""

INK: Rgb = (255, 252, 245)
"""The colour of words on every ground."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The `deep` and the `full` colour of the ground, and two lights, `glow` and the paler `spark`."""

    deep: Rgb
    full: Rgb
    glow: Rgb
    spark: Rgb


def palette(subject: str) -> Palette:
    """Return the colours for `subject`, the same for the same words."""
    words = subject.strip().lower()
    ground, sun = _first(_SAID_OF_GROUNDS, words), _first(_SAID_OF_SUN, words)
    theme = ground or sun
    if theme is None:
        return _drawn(Chance("palette").at(words))
    return Palette(*theme[:2], *(sun or theme)[2:])


def _first(said: Said, words: str) -> Colours | None:
    """Return the colours of the theme that is named first."""
    named = [(match.start(), colours) for theme, colours in said if (match := theme.search(words))]
    return min(named)[1] if named else None


def _drawn(chance: Chance) -> Palette:
    """Return a ground from cyan over violet to orange, with lights beside its hue or far from it."""
    hue = chance.uniform(0.5, 1.04, "hue")
    light = hue + chance.choice((0.09, -0.09, 0.45), "light")
    return Palette(
        deep=_hls(hue, 0.09, 0.6),
        full=_hls(hue, 0.32, 0.5),
        glow=_hls(light, 0.66, 0.85),
        spark=_hls(light + 0.04, 0.84, 0.8),
    )


def _read(table: Mapping[str, str]) -> Said:
    return tuple((_pattern(words), _colours(names)) for words, names in table.items())


def _pattern(words: str) -> re.Pattern[str]:
    """Return what finds English words as wholes, and Chinese ones anywhere."""
    english = [word for word in words.split("|") if word.isascii()]
    chinese = [word for word in words.split("|") if not word.isascii()]
    return re.compile(rf"\b(?:{'|'.join(english)})\b|{'|'.join(chinese)}")


def _colours(names: str) -> Colours:
    deep, full, glow, spark = map(_rgb, names.split())
    return deep, full, glow, spark


def _rgb(name: str) -> Rgb:
    red, green, blue, *_ = ImageColor.getrgb(name)
    return red, green, blue


def _hls(hue: float, light: float, saturation: float) -> Rgb:
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue % 1, light, saturation))
    return red, green, blue


_SAID_OF_SUN, _SAID_OF_GROUNDS = _read(_LOW_SUN), _read(_GROUNDS)
