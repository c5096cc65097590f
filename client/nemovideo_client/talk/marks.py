"""What somebody quotes or links is not what they ask: it is covered before a text is read.

Law: a covered text is as long as the text, so that a place found in one is the same place in the other.
"""

from __future__ import annotations

import re

QUOTE, FILE, LINK = "\ue000", "\ue001", "\ue002"
"""What stands for each character of a quotation, of a file name and of a web address."""

SUFFIXES = (
    "mp4", "mov", "avi", "webm", "mkv", "m4v", "jpg", "jpeg", "png", "gif", "webp", "bmp", "heic",
    "mp3", "wav", "m4a", "aac", "ogg", "flac", "srt", "vtt", "txt", "pdf",
)  # fmt: skip

QUOTATION = re.compile(
    r"“[^”]{1,500}”|「[^」]{1,500}」|『[^』]{1,500}』|《[^》]{1,500}》|«[^»]{1,500}»"
    r"|„[^“”\n]{1,500}[“”]|\"[^\"\n]{1,500}\"|`[^`\n]{1,500}`|‘(?:[^’\n]|’(?=\w)){1,500}’(?!\w)"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){1,500}'(?!\w)"
)
"""A title, a line of text, the name of a button: whatever stands in quotation marks."""

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”‘’，。；、！？（）()]*[^\s<>\"'“”‘’，。；、！？（）().,;:!?]"
)
_FILE = re.compile(
    r"(?:(?<![^\s:：,，])(?!上传|导出|下载|请|把|将|给|用|打开)[\w~./\\-]{1,200}|[a-z0-9_~./\\-]{1,200})"
    rf"\.(?:{'|'.join(SUFFIXES)})(?![a-z0-9])",
    re.IGNORECASE,
)
_STRAY = re.compile(f"[{QUOTE}-\uf8ff]")


def covered(text: str) -> str:
    """Return the text with quotations, web addresses and file names covered, and apostrophes straight."""
    text = QUOTATION.sub(_quotation, _STRAY.sub("\ufffd", text))
    text = _LINK.sub(lambda link: LINK * len(link[0]), text)
    text = _FILE.sub(lambda name: FILE * len(name[0]), text)
    return text.replace("’", "'")


def named(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the web addresses and file names between two places of a text."""
    cover = covered(text)
    found = (text[m.start() : m.end()] for m in re.finditer(f"{FILE}+|{LINK}+", cover[start:end]))
    return tuple(name.strip("\"'`“”‘’「」") for name in found)


def _quotation(quotation: re.Match[str]) -> str:
    """Cover a quotation; a quoted file name or web address counts as what it names."""
    inner = quotation[0][1:-1].strip()
    mark = LINK if _LINK.fullmatch(inner) else FILE if _FILE.fullmatch(inner) else QUOTE
    return mark * len(quotation[0])
