"""The words to show on the screen, found in a clause.

Law: a quotation wins; then what follows `saying` and its kind; then what simply follows the word `title`,
unless that is about its looks. Style and times behind unquoted words do not belong to them.
"""

from __future__ import annotations

import re

from nemovideo_fakeserver.agent.reading.clauses import Clause, unmarked
from nemovideo_fakeserver.agent.reading.language import lower
from nemovideo_fakeserver.agent.reading.style import look

LONGEST = 200

_FLAGS = re.IGNORECASE | re.DOTALL
_SPOKEN = re.compile(
    r"(?:\b(?:saying|that says|says|say|that reads|reads|reading|called|with the (?:text|words)|to read)\b"
    r"|写着|写上|内容是|内容为|叫做|叫|显示为|(?:标题|文字|title|text) ?[:：]) ?[:：]?\s?(.+)",
    _FLAGS,
)
_TO = re.compile(
    r"(?:\b(?:title|text|heading|headline)\s(?:to|as)\s|(?:标题|文字)(?!的?(?:字号|字体|颜色|大小|位置)).{0,4}?(?:改成|改为|换成))(.+)",
    _FLAGS,
)
_AFTER = re.compile(
    r"(?:\b(?:title|heading|headline)\s(?!(?:at|in|for|on|to|with|from|is|should|of|and|near|over|color|size|card|text|appears|shows|starts|lasts|ends|when|while|once|until|as)\b)"
    r"|标题(?![在用为改放的颜和换设移变调]|从第?\d|显示))(\S.*)",
    _FLAGS,
)
_TAIL = re.compile(
    r"\s(?:in (?:neon|bright|dark|light|bold|white|black|red|blue|green|yellow|orange|purple|pink|gold|silver|gray|grey|the)\b"
    r"|at (?:the\b|\d)|second \d|for \d|from \d|on (?:the )?(?:top|screen|bottom)\b|with (?:a )?(?:fade|font|size)|starting\b|until\b|fading\b"
    r"|to (?:the )?(?:top|bottom)\b|\d+ ?(?:pt|s|sec|seconds?)\b).*|[,，。;；!！].*",
    _FLAGS,
)


def wording(clause: Clause, *, new: bool) -> str | None:
    """Return the words to show, or None if the clause has none. Of two quotations a change means the last."""
    if clause.quotes:
        return clause.quotes[0 if new else -1]
    spoken = _SPOKEN.search(clause.text)
    if spoken:
        return _bare(spoken[1])
    named = _TO.search(clause.text) or (_AFTER.search(clause.text) if new else None)
    text = _bare(named[1]) if named else None
    return None if text is None or look(lower(text)) else text


def _bare(words: str) -> str | None:
    return unmarked(_TAIL.sub("", f" {words}")).strip()[:LONGEST] or None


def without_wording(lowered: str) -> str:
    """Return the text without unquoted words to show, so that `saying Red Sky` paints nothing red."""
    spoken = _SPOKEN.search(lowered)
    if spoken is None:
        return lowered
    tail = _TAIL.search(f" {spoken[1]}")
    return lowered[: spoken.start(1)] + (tail[0] if tail else "")
