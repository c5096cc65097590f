"""A message falls into clauses, one for each thing asked.

Law: a piece of text begins a new clause only if it opens like a request: with a verb, or with a noun
such as `a title`. Any other piece (`calm`, `with light piano`, `in neon blue`) belongs to the clause
before it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from nemovideo_fakeserver.agent import nouns
from nemovideo_fakeserver.agent.language import lower
from nemovideo_fakeserver.agent.marks import ANY, QUOTED, Marked, marked
from nemovideo_fakeserver.agent.quantities import figures, ratio
from nemovideo_fakeserver.core.assets import Asset

MOST = 20
"""Clauses of a message that are worked on; the rest is ignored."""

Opening: TypeAlias = Literal["verb", "noun", "none"]

_SEPARATOR = re.compile(
    r"(?P<after>[.!?;]+(?= |$|\n)|[,，](?!\d)|[\n。；;、！？])"
    r"| (?:and|then|plus|with|also|but|&)(?= )"
    r"|(?<![合柔附总共])(?=(?:然后|并且|同时|接着|以及|还有|另外|并|再|和)[^,，。]{0,12}(?:加|放|删|去|改|换|调|设|剪|标题|字幕|音乐))"
)
_LEAD = re.compile(
    r"(?:(?:(?:please|pls|kindly|also|then|and|now|next|finally|first|just|ok|okay|so|but|plus|with|"
    r"can you|could you|would you|will you|i want you to|i want to|i'd like you to|i'd like to|i need you to|"
    r"i need to|let's|lets|help me|go ahead)(?![a-z])"
    r"|&|请|麻烦|帮我|帮忙|然后|并且|同时|接着|以及|还有|另外|并|再(?!来)|和|也|还|我想|我要|可以|能不能|能否)[ ,]*){0,6}"
)
_VERB = re.compile(
    r"(?:(?:add|put|insert|place|lay|overlay|make|create|generate|compose|produce|write|give me|show|display|"
    r"remove|delete|drop (?:the|my|all)|get rid|strip|clear|erase|trim|cut|shorten|crop|split|"
    r"speed (?:it|up|the|my)|slow (?:it|down|the|my)|mute|silence|turn|raise|lower|increase|reduce|decrease|boost|"
    r"set|change|swap|replace|switch|move|reorder|rearrange|reverse|adjust|use|apply|caption|resize|undo|export|"
    r"download|start over|keep (?:only|the first|the last)|regenerate|re-generate|redo|try again|append|join|combine|merge|"
    r"fade (?:in |out )?(?:the|my|it)|brighten|darken|edit|open|process|work on|rename|translate|"
    r"adding|putting|making|creating|generating|removing|trimming|cutting|what|how|why|thanks|thank|hello|hi)(?![a-z])"
    r"|添加|加(?!快|速|强|重)|加速|加快|加强|放|插入|配(?!合|器)|生成|创建|创作|制作|做|谱写|写(?!着)|删|去掉|去除|移除|不要|清空|"
    r"换|更换|替换|改|修改|调|把|将|给(?!人)|让(?!人)|为|剪|裁|截|切|分割|拆分|减速|静音|关闭|设|重新|重做|再来|导出|下载|"
    r"保留|缩短|延长|使用|用(?!于)|倒序|交换|移动|撤销|降低|提高|增加|减少|在.{0,14}(?:加|放|插入|写)|你好|谢谢|什么|怎么)"
)
_NOUN = re.compile(
    r"(?!no |without |not )(?:an?|the|some|my|any|one|一个|一段|一首|个)? ?(?:[\w-]+ ){0,3}?"
    r"(?:(?P<music>music|bgm|soundtrack|song|背景音乐|音乐|配乐)|(?P<title>title|text|headline|标题|文字)"
    r"|(?P<subtitles>subtitles?|captions?|字幕))(?![a-z-])"
)
_REMOVAL = re.compile(r"remove|delete|get rid of|strip|去掉|删除|删掉|移除|不要")
_ADDING = re.compile(r"\badd|\bput|加|放|写")
_AGAIN = re.compile(r"(?:re-?generate|redo)(?: it| the video)?|重新(?:生成|制作)(?:视频|一下)?")
_EDGES = " ,.;!?。、\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One request, as written and as the other files read it.

    `low` is the text in lower case, with the tokens of `quantities` and the marks of `marks`; `quotes`
    are the quotations in it, `files` the uploads it names.
    """

    text: str
    low: str
    quotes: tuple[str, ...] = ()
    files: tuple[Asset, ...] = ()


def clauses(message: str, uploads: Sequence[Asset]) -> list[Clause]:
    """Take a tidy message apart; a message without a word has no clause."""
    whole = marked(message, uploads)
    return [_clause(piece, whole) for piece in _glued(_parted(whole.text))[:MOST]]


def _parted(text: str) -> list[str]:
    """Cut after punctuation and before joining words, losing nothing."""
    cuts = {m.end() if m["after"] else m.start() for m in _SEPARATOR.finditer(text)}
    edges = sorted({0, *cuts, len(text)})
    return [text[a:b] for a, b in itertools.pairwise(edges)]


def _glued(parts: Sequence[str]) -> list[str]:
    """Join each part that does not open like a request to what was before it."""
    pieces: list[str] = []
    for part in parts:
        low = lower(part).strip(_EDGES)
        if not low:
            continue
        if pieces and opening(low, lower(pieces[-1])) == "none":
            pieces[-1] += part
        else:
            pieces.append(_inherit(low, lower(pieces[-1])) + part if pieces else part)
    return pieces


def opening(low: str, before: str) -> Opening:
    """Say how a piece of text opens. A noun opens only if the clause `before` does not have it yet."""
    rest = after_lead(low)
    if _AGAIN.fullmatch(rest) and ratio(before):
        return "none"
    if _VERB.match(rest):
        return "verb"
    noun = _NOUN.match(rest)
    if noun is None:
        return "none"
    known = nouns.mentions(cast("nouns.Kind", noun.lastgroup), before)
    return "noun" if not known or re.search(QUOTED, rest) else "none"


def after_lead(low: str) -> str:
    """Return a text without `please`, `can you`, `and then`, `请帮我` and the like at its start."""
    lead = _LEAD.match(low)
    return low[lead.end() :] if lead else low


def _inherit(low: str, before: str) -> str:
    """`remove the music and the title`, `add subtitles and a title “Hi”`: the second noun shares the verb."""
    rest = after_lead(low)
    if not _NOUN.match(rest):
        return ""
    verb = _REMOVAL.search(before) if _NOUN.fullmatch(rest) else None
    if verb is None and re.search(QUOTED, rest):
        verb = _ADDING.search(before)
    return f"{verb[0]} " if verb else ""


def _clause(piece: str, whole: Marked) -> Clause:
    return Clause(
        text=piece.strip(_EDGES),
        low=figures(lower(piece).strip(_EDGES)),
        quotes=whole.quotes_in(piece),
        files=whole.files_in(piece),
    )


def unmarked(text: str) -> str:
    """Return a text without marks."""
    return re.sub(ANY, "", text)
