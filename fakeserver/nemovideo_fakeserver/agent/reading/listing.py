"""Lines that are given behind a colon: `Add subtitles: Hello there; How are you`.

Law: they are quotations without the quotation marks. What goes on like a request behind the end of a
sentence is no line, and neither is what only says how the words look.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nemovideo_fakeserver.agent.reading.language import MARKS, lower
from nemovideo_fakeserver.agent.reading.style import look_alone

MOST, LONGEST = 100, 500
"""Lines of a list, and characters of a line; the rest stays as it was written."""

_LISTED = re.compile(
    r"((?:\b(?:subtitles?|subs|captions?)\b|字幕)"
    r"(?![^:：]{0,24}(?:\btitles?\b|标题|\bmusic\b|音乐|‹))[^:：,，.。;；!?！？\n]{0,24}[:：])\s*(\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_GOES_ON = re.compile(
    r"(?:(?<=[.!?])\s|(?<=[。！？])|\n\s*\n)\s*(?=(?:(?:then|also|and|please)\s)*(?:add|put|make|show|trim|remove|export|set|use)\s(?!me\b|it\b)"
    r"|(?:请|然后|再|并|最后)?(?:加[上入一]?[个段首]?(?:标题|音乐|配乐|爵士)|把|剪|导出))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[;；|｜\n]\s*")
_NUMBER = re.compile(r"^(?:\d{1,3}[.)、．]\s*|[-•*]\s+)")


def listed(text: str, mark: Callable[[str], str]) -> str:
    """Return the text with each line of its list as `mark` has it; quoted lines are marked already."""
    found = _LISTED.search(text)
    if found is None or any(ord(c) in MARKS for c in found[2]):
        return text
    stop = _GOES_ON.search(found[2])
    written = found[2][: stop.start()] if stop else found[2]
    rest = found[2][stop.start() :] if stop else ""
    lines = [_NUMBER.sub("", line).strip() for line in _BETWEEN.split(written)]
    kept = [line[:LONGEST] for line in lines if line][:MOST]
    if not kept or look_alone(lower(written).strip()):
        return text
    parted = f"\n{rest.strip()}" if rest else ""
    return f"{text[: found.end(1)]} {' '.join(map(mark, kept))}{parted}"
