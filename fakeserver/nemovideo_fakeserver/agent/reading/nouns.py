"""What a clause is about, by its nouns: music, a picture, a title, subtitles, or nothing named.

Law: the thing asked for is the last noun of the object, and an English object ends at its first
preposition or `when`, a Chinese one at its first comma after a noun. So a `track for a 60-second video` is music, and so is
`为旅行视频生成一首配乐`.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["music", "picture", "title", "subtitles"]

MUSIC = r"(?:\b(?:music|bgm|soundtracks?|songs?|tracks?|tunes?|scores?|underscore|melody|melodies|jingles?|instrumentals?|compositions?|piece|loops?|beats?|background sound|background audio)\b(?!-)|音乐|配乐|bgm|歌|曲|伴奏|背景乐|旋律|节拍|循环|[子弦士滚响声]乐)"
PICTURE = r"(?:\b(?:videos?|vids?|clips?|footage|films?|movies?|pictures?|photos?|images?|pics?|shots?|scenes?|reels?|vlogs?|montages?|animations?|slideshows?|stills?|timelapses?|uploads?|files?)\b(?!-)|视频|片段|影片|短片|画面|照片|图片|相片|素材|镜头|动画|集锦|混剪|幻灯片|文件)"
TITLE = r"(?:\b(?:titles?|headings?|headlines?|texts?|words?|lettering|text overlay)\b(?!-)|标题|文字|文本|片名|字样)"
SUBTITLES = r"(?:\b(?:subtitles?|subs|captions?|closed captions|srt)\b|字幕)"

KINDS: dict[Kind, re.Pattern[str]] = {
    "music": re.compile(MUSIC),
    "picture": re.compile(PICTURE),
    "title": re.compile(TITLE),
    "subtitles": re.compile(SUBTITLES),
}

CREATE = r"(?:\b(?:generat|creat|compos|produc|mak|writ)(?:e|ing)\b|\bbuild\b|\bgive me\b|\bi (?:want|need)\b|生成|创作|创建|制作|做(?!成)|谱写|来一)"
ADD = r"(?:\b(?:add|put|insert|plac|lay|overlay|includ|attach|show|display|writ|us|appl)(?:e|ing)?\b|添加|加(?![快速强重深])|放(?![慢大])|插入|配上|配一|写|用)"
CHANGE = r"(?:\b(?:chang|mak|set|turn|mov|adjust|switch|updat|edit|modify|renam|resiz|shift)(?:e|ting|ing)?\b|改|调|设|换|移|变|让)"

_VERB = re.compile(rf"{CREATE}|{ADD}|{CHANGE}")
_HANDLED = re.compile(r"(?:把|将)(.{1,40}?)(?:放|加|添|做|插|移|拖|拼|接|剪|换|改|调|设|变)")
_OBJECT_ENDS = re.compile(
    r"\b(?:for|to|that|which|with|about|of|in|into|as|suitable|around|from|using|under|on|onto|at|over|between|after|before|during|by|or|so)\b|或|用于|适合|配合"
)
_WHEN = re.compile(r"(?<=\S )(?:when(?:ever)?|while|once|until|as soon as)\b.*", re.DOTALL)
_CHINESE_COMMA = re.compile(r",(?=[\u4e00-\u9fff])")


def mentions(kind: Kind, lowered: str) -> bool:
    """Say whether a text in lower case has a noun of the kind."""
    return KINDS[kind].search(lowered) is not None


def main(lowered: str) -> str:
    """Return the text without what follows `when`: `lower the music when the title appears` speaks of music."""
    return _WHEN.sub("", lowered)


def subject(lowered: str) -> str:
    """Return the object of the clause's verb, without what is attached to it by prepositions."""
    lowered = main(lowered)
    handled = _HANDLED.search(lowered)
    if handled:
        return handled[1]
    verb = _VERB.search(lowered)
    phrase = lowered[verb.end() :] if verb else lowered
    stop = _OBJECT_ENDS.search(phrase)
    return phrase[: stop.start()] if stop else phrase


def head(lowered: str) -> Kind | None:
    """Return the kind of thing a clause asks for, or None when its object names none."""
    phrase = subject(lowered)
    return _last_kind(_CHINESE_COMMA.split(phrase, maxsplit=1)[0]) or _last_kind(phrase)


def _last_kind(phrase: str) -> Kind | None:
    last = {
        kind: max((m.end() for m in p.finditer(phrase)), default=-1) for kind, p in KINDS.items()
    }
    kind = max(last, key=lambda k: last[k])
    return kind if last[kind] >= 0 else None
