"""How a piece of a message opens: like a request of its own, or as a part of the one before.

Law: a verb opens a request, and so does a noun such as `a title` that the clause before does not have yet.
What only says how words look belongs to the words; what runs parallel (`and “B” to the second`) shares
the verb. The tables are the whole grammar.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, cast

from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.accompaniment import accompanies
from nemovideo_fakeserver.agent.reading.genres import GENRE_NAMES, WEAK
from nemovideo_fakeserver.agent.reading.marks import ANY, FILE, QUOTED
from nemovideo_fakeserver.agent.reading.negation import negated
from nemovideo_fakeserver.agent.reading.quantities import ratio
from nemovideo_fakeserver.agent.reading.style import look

Opening: TypeAlias = Literal["verb", "noun", "none"]

_LEAD = re.compile(
    r"(?:(?:(?:please|pls|kindly|also|then|and|now|next|finally|first|just|ok|okay|so|but|plus|with|"
    r"can (?:you|u)|could (?:you|u)|would you|will you|actually|maybe|only|tell me|hmm+|oh|well|i want you to|i want to|i'd like you to|i'd like to|i need you to|"
    r"i need to|let's|lets|help me|go ahead)(?![a-z])"
    r"|&|请|麻烦|帮我|帮忙|然后|并且|同时|接着|以及|还有|另外|并|再(?!来)|和|也|还|其实|那么|只(?=[加放改换删调剪配写])|最后(?=加|放|配|写|把|显示)|我想|我要|可以|能不能|能否)[ ,]*){0,6}"
)
_VERB = re.compile(
    r"(?:(?:add|put|insert|place|lay|overlay|make|create|generate|compose|produce|write|give me|show|display|"
    r"remove|delete|drop (?:the|my|all)|get rid|strip|clear|erase|trim|cut|shorten|crop|split|"
    r"speed (?:it|up|the|my)|slow (?:it|down|the|my)|mute|silence|turn|raise|lower|increase|reduce|decrease|boost|"
    r"set|change|swap|replace|switch|move|reorder|rearrange|reverse|adjust|use|apply|caption|resize|undo|export|"
    r"download|start over|keep (?:only|the first|the last)|regenerate|re-generate|redo|try again|append|join|combine|merge|"
    r"fade (?:in |out )?(?:the|my|it)|(?:at the (?:very )?(?:end|start|beginning) )?fade (?:to|from) black|duck (?:the|my|it|music|bgm|background)|no ducking|brighten|darken|edit|open|process|work on|rename|translate|"
    r"adding|putting|making|creating|generating|removing|trimming|cutting|what|how|why|thanks|thank|hello|hi)(?![a-z])"
    r"|添加|加(?!快|速|强|重)|加速|加快|加强|放|插入|配(?!合|器)|生成|创建|创作|制作|做|谱写|写(?!着)|删|去掉|去除|移除|不要|清空|"
    r"换|更换|替换|改|修改|调|把|将|给(?!人)|让(?!人)|为|剪|裁|截|切|分割|拆分|减速|静音|关闭|设|重新|重做|再来|导出|下载|"
    r"保留|缩短|延长|使用|用(?!于)|倒序|交换|移动|撤销|降低|提高|增加|减少|在.{0,14}(?:加|放|插入|写)|压低|取消|(?:在?(?:结尾|最后|末尾|片尾|开头)处?)?(?:慢慢|逐渐|从|淡出到?|渐变到?|渐变?[成为]|变)?(?:渐?黑)|你好|谢谢|什么|怎么)"
)
_NOUN = re.compile(
    r"(?!no |without |not )(?:an?|the|some|my|any|one|一个|一段|一首|个)? ?(?:[\w-]+ ){0,3}?"
    r"(?:(?P<music>music|bgm|soundtrack|song|背景音乐|音乐|配乐)|(?P<title>title|text|headline|标题|文字)"
    r"|(?P<subtitles>subtitles?|captions?|字幕)|(?P<joint>transitions?|cross-?fades?|dissolves?|(?:[\u4e00-\u9fff]{1,8}?的?)?转场))(?![a-z-])"
)
_PACED = re.compile(
    r"(?:\d+(?:\.\d+)? ?(?:s|secs?|seconds?) (?:per|each|for each|a)(?: (?:photo|picture|image|slide|clip))?|每[张个段].{0,6}秒)$"
)
_SLIDES = re.compile(r"slide ?show|幻灯片|相册")
_STYLING = re.compile(
    r"(?:put|place|move|make|set|show|display|turn|keep|align|give|have)(?: (?:it|them|that|this))?(?![a-z])|放|移|改|设|显示|调|让它|把它|用"
)
_COURTESY = re.compile(
    r"\W*(?:(?:perfect|great|nice|good|cool|awesome|ok|okay|thanks|thank you|thx|love it|hey|hi|hello|不错|很好|好的|谢谢|太棒了)\W*)+"
)
_COUNTED = re.compile(r"第[一二三四五六七八九\d]个.{0,4}[剪裁加放静改调配去删慢快]")
_WHEN = re.compile(
    r"\bat the (?:very )?(?:end|start|beginning)\b|\bat \d|[在到]?(?:最后|结尾|末尾|片尾|开头|第?\d+秒)"
)
_SHOWN = re.compile(r"(?:show|display|keep|hold|last|显示|持续|停留).{0,12}\d")
_PARALLEL = re.compile(
    rf"(?:{QUOTED}|{FILE}) ?(?:(?:to|on|at|for|in|from|into|by)\b|放|加|写)|[^,]{{1,30}}? (?:to|on|for|under) (?:{FILE}|the (?:first|second|third|fourth|last|other)\b)"
)
_REMOVAL = re.compile(r"remove|delete|get rid of|strip|去掉|删除|删掉|移除|不要")
_ADDING = re.compile(r"\badd|\bput|加|放|写")
_AGAIN = re.compile(r"(?:re-?generate|redo)(?: it| the video)?|重新(?:生成|制作)(?:视频|一下)?")
_LAID = re.compile(
    r"\b(?:both|all)(?: of)?(?: the| my| these)? (?:clips|videos|files|photos|shots)\W*$"
    rf"|\b(?:only|just) {FILE} *$"
)
_LENGTH = re.compile(
    r"(?:about |around )?\d+ ?-?(?:s|secs?|seconds?|mins?|minutes?|秒|秒钟|分钟)(?: long| in total)?(?:左右)?"
)
_SIZED = re.compile(
    r"make (?:it|this|that) (?:about )?\d+ ?-?(?:s|secs?|seconds?|mins?|minutes?)(?: long)?"
)


def styles(lowered: str, before: str) -> bool:
    """Say whether a text only says how the words of the clause before are shown: `put it top-left`."""
    rest = after_lead(lowered)
    worded = re.search(QUOTED, before) or any(
        nouns.mentions(k, before) for k in ("title", "subtitles")
    )
    if not worded or not _STYLING.match(rest):
        return False
    own = re.search(ANY, rest) or any(p.search(rest) for p in nouns.KINDS.values())
    return not own and bool(look(rest) or _SHOWN.match(rest) or _WHEN.search(rest))


def lasts(lowered: str, first: str) -> bool:
    """Say whether a text is but the length of the film that the `first` clause asks for."""
    bare = _LENGTH.fullmatch(after_lead(lowered))
    filmed = re.search(nouns.CREATE, first) and nouns.head(first) == "picture"
    return bool(bare and filmed)


def opening(lowered: str, before: str) -> Opening:
    """Say how a piece of text opens. A noun opens only if the clause `before` does not have it yet."""
    rest = after_lead(lowered)
    if _belongs(rest, before):
        return "none"
    if negated(rest) or _VERB.match(rest) or _COURTESY.fullmatch(before) or _COUNTED.match(rest):
        return "verb"
    return "noun" if _PACED.match(rest) or _named(rest, before, lowered) else "none"


def _belongs(rest: str, before: str) -> bool:
    """Say whether a text that opens like a request goes on with the one before: `make it 10 seconds`."""
    again = _AGAIN.fullmatch(rest) and ratio(before)
    sized = _SIZED.fullmatch(rest) and re.search(nouns.CREATE, before)
    return bool(again or sized or (_PACED.match(rest) and _SLIDES.search(before)))


def _named(rest: str, before: str, lowered: str) -> bool:
    """Say whether a text names a thing that the clause before does not have; `with jazz` goes on with it.

    Behind clips that are only laid, `with jazz` is music of its own.
    """
    if GENRE_NAMES.pattern.fullmatch(rest) and (
        not lowered.startswith("with ") or _LAID.search(before)
    ):
        return GENRE_NAMES.first(rest) not in WEAK and not nouns.mentions("music", before)
    noun = _NOUN.match(rest)
    if noun is None:
        return _scores(lowered, before)
    kind = str(noun.lastgroup)
    known = (
        noun[kind] in before
        if kind == "joint"
        else nouns.mentions(cast("nouns.Kind", kind), before)
    )
    return not known or re.search(QUOTED, rest) is not None


def _scores(lowered: str, before: str) -> bool:
    """Say whether a text is a brief of the music of the film that the clause before asks for."""
    filmed = re.search(rf"{nouns.CREATE}|^(?:an?|\d+)\b", after_lead(before))
    return bool(
        filmed
        and nouns.head(before) == "picture"
        and not nouns.mentions("music", before)
        and accompanies(lowered)
    )


def after_lead(lowered: str) -> str:
    """Return a text without `please`, `can you`, `and then`, `请帮我` and the like at its start."""
    lead = _LEAD.match(lowered)
    return lowered[lead.end() :] if lead else lowered


def shared_verb(lowered: str, before: str) -> str:
    """`remove the music and the title`, `add “A” to the first clip and “B” to the second`: one verb for both."""
    rest = after_lead(lowered)
    if _VERB.match(rest):
        return ""
    if _PARALLEL.match(rest) and _PARALLEL.search(before):
        shared = _VERB.match(after_lead(before))
        return f"{shared[0]} " if shared else "add "
    if not _NOUN.match(rest):
        return ""
    verb = _REMOVAL.search(before) if _NOUN.fullmatch(rest) else None
    if verb is None and re.search(QUOTED, rest):
        verb = _ADDING.search(before)
    return f"{verb[0]} " if verb else ""
