"""What is done to a message before anybody reads it.

Law: any text comes out as harmless text of bounded length. Everything behind this file may assume at
most `CAP` characters, no lone surrogate, no control character but the line feed, and none of the
private characters that other files use as marks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "zh"]

CAP = 4_000
"""Characters of a message that are read; the rest is ignored."""

MARKS = range(0xE000, 0xF900)
"""Unicode's private area: the agent puts one such character where a quotation or a file name was."""

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, ord("‹"): 0x3C, ord("›"): 0x3E}
"""Full-width forms to ASCII, so that `３５％` reads as `35%`; the angle quotes are marks of `quantities`."""


def tidy(message: str) -> str:
    """Return the part of a message that is read, without characters that could do harm later."""
    return "".join(_harmless(character) for character in message[:CAP])


def _harmless(character: str) -> str:
    if character == "\n" or (character.isascii() and character.isprintable()):
        return character
    if ord(character) in MARKS:
        return ""
    category = unicodedata.category(character)
    return "\ufffd" if category == "Cs" else " " if category in ("Cc", "Zl", "Zp") else character


def lower(text: str) -> str:
    """Return the text in lower case, full-width forms as ASCII, runs of blanks as one space."""
    return re.sub(r"[^\S\n]+", " ", text.lower().translate(_WIDE))


def chinese(text: str) -> bool:
    """Say whether the text has Chinese characters."""
    return _CHINESE.search(text) is not None


def spoken(text: str, session: str) -> Language:
    """Return the language to answer in: that of the text, else that of the session, else English."""
    return "zh" if chinese(text) or session.lower().startswith("zh") else "en"
