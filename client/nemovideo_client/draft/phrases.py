"""The words a timeline is told in, English and Chinese side by side.

Law: every phrase is a row of a table; `Voice` looks it up and fills it in. The forms of a summary and of
"✅ Title added: …" are those of the four skills; the Chinese ones have the punctuation of Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nemovideo_client.words import Spoken, spoken

LONGEST_NAME = 60
MOST_NAMES = 3

PHRASES: dict[str, tuple[str, str]] = {
    "video": ("Video", "视频"),
    "audio": ("BGM", "背景音乐"),
    "sound": ("Audio", "音频"),
    "text": ("Title", "标题"),
    "subtitle": ("Subtitles", "字幕"),
    "other": ("Track", "轨道"),
    "comma": (", ", "，"),
    "colon": (": ", "："),
    "aside": (" ({})", "（{}）"),
    "quoted": ("'{}'", "“{}”"),
    "title": ('"{}"', "“{}”"),
    "and more": ("{} and {} more", "{}等{}项"),
    "none": ("none", "无"),
    "nameless": ("unnamed", "未命名"),
    "seconds": ("{}s", "{}秒"),
    "length unknown": ("length unknown", "时长未知"),
    "video count": ("{} clips", "{}个片段"),
    "audio count": ("{} pieces", "{}段"),
    "text count": ("{} texts", "{}条"),
    "other count": ("{} segments", "{}个片段"),
    "volume": ("{}% volume", "音量{}%"),
    "speed": ("{}x speed", "{}倍速"),
    "size": ("{}pt", "{}号"),
    "fade in": ("fade-in", "淡入"),
    "fade out": ("fade-out", "淡出"),
    "timed fade": ("{} {}", "{}{}"),
    "empty": ("Timeline is empty.", "时间线还是空的。"),
    "timeline": ("Timeline ({} track{s}):", "时间线（{}条轨道）："),
    "current timeline": ("Current timeline ({} track{s}):", "当前时间线（{}条轨道）："),
    "added": ("✅ {kind} added: {name}{aside}", "✅ 已添加{kind}：{name}{aside}"),
    "removed": ("✅ {kind} removed: {name}", "✅ 已移除{kind}：{name}"),
    "adjusted": ("✅ {kind} {name} adjusted{how}", "✅ 已调整{kind}{name}{how}"),
    "order": ("✅ Order changed: {}", "✅ 已调整顺序：{}"),
    "tracks reordered": ("✅ Tracks reordered", "✅ 已调整轨道顺序"),
    "track added": ("✅ Empty track added", "✅ 已添加空轨道"),
    "track removed": ("✅ Empty track removed", "✅ 已移除空轨道"),
    "project title": ("✅ Project title: {}", "✅ 项目标题：{}"),
    "canvas": ("✅ Canvas: {}", "✅ 画面尺寸：{}"),
    "total length": ("✅ Total length: {}", "✅ 总时长：{}"),
    "something": ("✅ Timeline adjusted{how}", "✅ 时间线已调整{how}"),
    "rest": ("✅ {} more changes", "✅ 另有{}处修改"),
    "moved": ("moved from {} to {}", "从{}移到{}"),
    "shortened": ("shortened from {} to {}", "从{}缩短到{}"),
    "lengthened": ("lengthened from {} to {}", "从{}延长到{}"),
    "replaced": ("new source", "素材已替换"),
    "turned": ("{} {} → {}", "{}{} → {}"),
    "set": ("{} {}", "{}{}"),
    "no": ("no {}", "无{}"),
    "name": ("name", "名称"),
    "words": ("text", "文字"),
    "duration": ("length", "时长"),
    "offset": ("start in the source", "素材起点"),
    "loudness": ("volume", "音量"),
    "pace": ("speed", "速度"),
    "color": ("color", "颜色"),
    "position": ("position", "位置"),
    "letters": ("size", "字号"),
    "percent": ("{}%", "{}%"),
    "times": ("{}x", "{}倍"),
}

COLORS = {
    "white": "白色", "black": "黑色", "red": "红色", "blue": "蓝色", "green": "绿色",
    "yellow": "黄色", "orange": "橙色", "purple": "紫色", "pink": "粉色", "gold": "金色",
    "silver": "银色", "gray": "灰色", "grey": "灰色", "brown": "棕色", "cyan": "青色",
    "neon blue": "霓虹蓝", "neon green": "霓虹绿", "neon pink": "霓虹粉",
    "light blue": "浅蓝色", "dark blue": "深蓝色", "light green": "浅绿色", "dark green": "深绿色",
}  # fmt: skip
POSITIONS = {
    "top-left": "左上角", "top-center": "顶部居中", "top-right": "右上角",
    "center": "居中",
    "bottom-left": "左下角", "bottom-center": "底部居中", "bottom-right": "右下角",
}  # fmt: skip
KEYS = {
    "brightness": "亮度", "contrast": "对比度", "saturation": "饱和度", "temperature": "色温",
    "sharpness": "锐度", "filter": "滤镜", "transition": "转场", "bold": "粗体", "italic": "斜体",
    "mood": "情绪", "genre": "风格", "instruments": "乐器", "bpm": "BPM", "key": "调",
}  # fmt: skip
"""What plain words in a draft are in Chinese; other words are told as they are."""

ENGLISH = {"bpm": "BPM"}
CHINESE = COLORS | POSITIONS | KEYS


@dataclass(frozen=True, slots=True)
class Voice:
    """Fills in the phrases of one language."""

    language: Spoken

    def say(self, key: str, *values: object, **named: object) -> str:
        """Return the phrase `key` with its gaps filled in."""
        return PHRASES[key][self.language == "zh"].format(*values, **named)

    def word(self, word: str) -> str:
        """Return a colour, a position or a key of a draft in this language, or as it is."""
        plain = _one_line(word)
        known = CHINESE if self.language == "zh" else ENGLISH
        return known.get(plain.lower(), plain)

    def name(self, name: str) -> str:
        """Return a name or a title on one line, none of it unprintable, and not too long."""
        plain = _one_line(name) or self.say("nameless")
        return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"

    def seconds(self, milliseconds: int) -> str:
        """Return a time: `3s`, `0.5秒`."""
        return self.say("seconds", number(milliseconds / 1_000))

    def span(self, start: int, end: int) -> str:
        """Return a stretch of time: `0-10s`."""
        return f"{number(start / 1_000)}-{self.seconds(end)}"

    def listed(self, phrases: Iterable[str]) -> str:
        """Return phrases in a row."""
        return self.say("comma").join(phrases)

    def few(self, names: list[str]) -> str:
        """Return the first names in a row, and how many more there are."""
        shown = self.listed(names[:MOST_NAMES])
        if len(names) <= MOST_NAMES:
            return shown
        total = self.language == "zh"
        return self.say("and more", shown, len(names) if total else len(names) - MOST_NAMES)

    def aside(self, phrases: Iterable[str]) -> str:
        """Return phrases in brackets, or nothing where there are none."""
        inner = self.listed(phrases)
        return self.say("aside", inner) if inner else ""

    def details(self, phrases: Iterable[str]) -> str:
        """Return phrases behind a colon, or nothing where there are none."""
        inner = self.listed(phrases)
        return self.say("colon") + inner if inner else ""


def voice(language: str) -> Voice:
    """Return the voice for someone whose language is `language`."""
    return Voice(spoken(language))


def number(value: float) -> str:
    """Return a number with three decimals at most and no zeros at its end."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
