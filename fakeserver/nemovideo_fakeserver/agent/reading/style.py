"""How a text looks: colour, place, size.

Law: colours, places and sizes are tables; a text in lower case goes in, keys of a segment's `m` come out.
"""

from __future__ import annotations

import re
from typing import Any

from nemovideo_fakeserver.agent.reading.lexicon import Lexicon
from nemovideo_fakeserver.agent.reading.quantities import clamp

COLORS = Lexicon(
    {
        "neon blue": "neon blue|electric blue|霓虹蓝色|霓虹蓝|荧光蓝",
        "neon green": "neon green|荧光绿|霓虹绿",
        "neon pink": "neon pink|hot pink|霓虹粉|荧光粉",
        "light blue": "light blue|sky blue|浅蓝色|浅蓝|天蓝",
        "dark blue": "dark blue|navy|navy blue|深蓝色|深蓝",
        "light green": "light green|lime|浅绿色|浅绿",
        "dark green": "dark green|深绿色|深绿|墨绿",
        "white": "white|白色|白",
        "black": "black|黑色|黑",
        "red": "red|红色|红",
        "blue": "blue|蓝色|蓝",
        "green": "green|绿色|绿",
        "yellow": "yellow|黄色|黄",
        "orange": "orange|橙色|橙|橘",
        "purple": "purple|violet|紫色|紫",
        "pink": "pink|粉色|粉",
        "gold": "gold|golden|金色",
        "silver": "silver|银色|银",
        "gray": "gray|grey|灰色|灰",
        "brown": "brown|棕色|棕|褐",
        "cyan": "cyan|teal|turquoise|青色|青",
        "magenta": "magenta|品红|洋红",
    }
)
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])")

_PLACES = (
    ("top-left", re.compile(r"\b(?:top|upper)[ -]left|左上")),
    ("top-right", re.compile(r"\b(?:top|upper)[ -]right|右上")),
    ("bottom-left", re.compile(r"\b(?:bottom|lower)[ -]left|左下")),
    ("bottom-right", re.compile(r"\b(?:bottom|lower)[ -]right|右下")),
    ("bottom-center", re.compile(r"\bbottom|\blower third|底部|下方|下面|底端|最下")),
    ("top-center", re.compile(r"\btop\b|\bupper (?:part|third)|顶部|上方|上面|顶端|最上")),
    (
        "center",
        re.compile(
            r"\b(?:in |at |to )(?:the )?(?:very )?(?:center|centre|middle)\b|\bcent(?:er|re)(?:ed)?\b|\bmiddle of\b|中间|居中|中央|正中"
        ),
    ),
)
_SIZE = re.compile(
    r"(\d{1,6})(?:\.\d{1,3})? ?-?(?:pt|px|points?|号字?|磅)(?![a-z])|(?:font ?size|size|字号|字体大小)(?: ?(?:to|of|at|is|=|:|为|到|改成|设为))? ?(\d{1,6})(?!\d)"
)
_NO_COLOR = re.compile(r"\bblack[ -](?:and|&|n)[ -]white\b|\bb&w\b|黑白")
_BIGGER = re.compile(r"\b(?:big|large)(?:ger|r)?\b|\bhuge\b|大一?[点些]|放大|更大|变大")
_SMALLER = re.compile(r"\bsmall(?:er)?\b|\btiny\b|小一?[点些]|缩小|更小|变小")
_BOLD = re.compile(r"\bbold\b|粗体|加粗")
_ITALIC = re.compile(r"\bitalic|斜体")
_FILLING = re.compile(
    r"\b(?:a (?:little |tiny )?bit|a (?:lot|little)|much|even|and|please|pls|then|now|move|put|make|turn|to|in|at|the|with|corner|of|screen)\b|请|再|稍微|移动?|放|改|换|调|[到在成为]|角|色|字|点|些|一下"
)

SMALLEST, LARGEST, USUAL = 8, 200, 48


def color(lowered: str) -> str | None:
    """Return a colour by its name, or as `#rrggbb`."""
    written = _HEX.search(lowered)
    return written[0] if written else COLORS.first(_NO_COLOR.sub(" ", lowered))


def place(lowered: str) -> str | None:
    """Return the place on the screen, such as `top-center`."""
    return next((name for name, pattern in _PLACES if pattern.search(lowered)), None)


def size(lowered: str, now: int) -> int | None:
    """Return a size in points; `bigger` and `smaller` go from the present one."""
    written = _SIZE.search(lowered)
    if written:
        wanted: float = int(written[1] or written[2])
    elif _BIGGER.search(lowered):
        wanted = now * 1.25
    elif _SMALLER.search(lowered):
        wanted = now * 0.8
    else:
        return None
    return round(clamp(wanted, SMALLEST, LARGEST))


def look(lowered: str, now: int = USUAL) -> dict[str, Any]:
    """Return what a text says about the look of words, as keys of `m`; `now` is the present size."""
    asked = {
        "color": color(lowered),
        "position": place(lowered),
        "size": size(lowered, now),
        "bold": True if _BOLD.search(lowered) else None,
        "italic": True if _ITALIC.search(lowered) else None,
    }
    return {k: v for k, v in asked.items() if v is not None}


def look_alone(lowered: str) -> bool:
    """Say whether a text says nothing but a look of words: `bigger`, `red please`, `移到右下角`."""
    if not look(lowered):
        return False
    rest = COLORS.pattern.sub(" ", lowered)
    for pattern in (
        _HEX,
        *(p for _, p in _PLACES),
        _SIZE,
        _BIGGER,
        _SMALLER,
        _BOLD,
        _ITALIC,
        _FILLING,
    ):
        rest = pattern.sub(" ", rest)
    return not rest.strip(" ,.!。，")
