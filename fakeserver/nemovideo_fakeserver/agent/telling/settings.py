"""What was set, in words: `red, top-left, 3s fade-in`, or `红色、左上角、3秒淡入`.

Law: one row for each key of a segment's `m` that people hear of; keys without a row are not spoken of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.agent.reading.language import Language
from nemovideo_fakeserver.agent.reading.style import COLORS

_ROWS = {
    "color": ("{}", "{}"),
    "position": ("{}", "{}"),
    "size": ("{}pt", "{}号"),
    "bold": ("bold", "粗体"),
    "italic": ("italic", "斜体"),
    "brightness": ("brightness {}", "亮度{}"),
    "contrast": ("contrast {}", "对比度{}"),
    "saturation": ("saturation {}", "饱和度{}"),
    "temperature": ("temperature {}", "色温{}"),
    "sharpness": ("sharpness {}", "锐度{}"),
    "filter": ("{} filter", "{}滤镜"),
    "transition": ("{} transition", "{}转场"),
    "fade_in": ("{}s fade-in", "{}秒淡入"),
    "fade_out": ("{}s fade-out", "{}秒淡出"),
}
_PLACES = {
    "top-left": "左上角",
    "top-center": "顶部居中",
    "top-right": "右上角",
    "center": "居中",
    "bottom-left": "左下角",
    "bottom-center": "底部居中",
    "bottom-right": "右下角",
}


def told(values: Mapping[str, Any], language: Language) -> str:
    """Return the values that people hear of, in words, in a row."""
    chinese = language == "zh"
    words = (
        _ROWS[key][chinese].format(_value(key, value, language))
        for key, value in values.items()
        if key in _ROWS
    )
    return ("、" if chinese else ", ").join(words)


def _value(key: str, value: Any, language: Language) -> str:
    if key == "color":
        return COLORS.label(value, language)
    if key == "position" and language == "zh":
        return _PLACES.get(str(value), str(value))
    return f"{value / 1_000:g}" if key.startswith("fade") else str(value)


def seconds(start: int, stop: int, language: Language) -> str:
    """Return a stretch of time, given in milliseconds: `0-3s`, `0-3秒`."""
    return f"{start / 1_000:g}-{stop / 1_000:g}{'秒' if language == 'zh' else 's'}"
