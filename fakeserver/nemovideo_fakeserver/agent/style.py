"""How a text looks: colour, place, size.

Law: colours, places and sizes are tables; a text in lower case goes in, keys of a segment's `m` come out.
"""

from __future__ import annotations

import re
from typing import Any

from nemovideo_fakeserver.agent.lexicon import Lexicon
from nemovideo_fakeserver.agent.quantities import clamp

COLORS = Lexicon(
    {
        "neon blue": "neon blue|electric blue|霓虹蓝|荧光蓝",
        "neon green": "neon green|荧光绿|霓虹绿",
        "neon pink": "neon pink|hot pink|霓虹粉|荧光粉",
        "light blue": "light blue|sky blue|浅蓝|天蓝",
        "dark blue": "dark blue|navy|navy blue|深蓝",
        "light green": "light green|lime|浅绿",
        "dark green": "dark green|深绿|墨绿",
        "white": "white|白",
        "black": "black|黑",
        "red": "red|红",
        "blue": "blue|蓝",
        "green": "green|绿",
        "yellow": "yellow|黄",
        "orange": "orange|橙|橘",
        "purple": "purple|violet|紫",
        "pink": "pink|粉",
        "gold": "gold|golden|金色",
        "silver": "silver|银",
        "gray": "gray|grey|灰",
        "brown": "brown|棕|褐",
        "cyan": "cyan|teal|turquoise|青",
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
_BIGGER = re.compile(r"\bbigger\b|\blarger\b|大一?[点些]|放大|更大|变大")
_SMALLER = re.compile(r"\bsmaller\b|小一?[点些]|缩小|更小|变小")
_BOLD = re.compile(r"\bbold\b|粗体|加粗")
_ITALIC = re.compile(r"\bitalic|斜体")

SMALLEST, LARGEST, USUAL = 8, 200, 48


def color(low: str) -> str | None:
    """Return a colour by its name, or as `#rrggbb`."""
    written = _HEX.search(low)
    return written[0] if written else COLORS.first(low)


def place(low: str) -> str | None:
    """Return the place on the screen, such as `top-center`."""
    return next((name for name, pattern in _PLACES if pattern.search(low)), None)


def size(low: str, now: int) -> int | None:
    """Return a size in points; `bigger` and `smaller` go from the present one."""
    written = _SIZE.search(low)
    if written:
        wanted: float = int(written[1] or written[2])
    elif _BIGGER.search(low):
        wanted = now * 1.25
    elif _SMALLER.search(low):
        wanted = now * 0.8
    else:
        return None
    return round(clamp(wanted, SMALLEST, LARGEST))


def look(low: str, now: int = USUAL) -> dict[str, Any]:
    """Return what a text says about the look of words, as keys of `m`; `now` is the present size."""
    asked = {
        "color": color(low),
        "position": place(low),
        "size": size(low, now),
        "bold": True if _BOLD.search(low) else None,
        "italic": True if _ITALIC.search(low) else None,
    }
    return {k: v for k, v in asked.items() if v is not None}
