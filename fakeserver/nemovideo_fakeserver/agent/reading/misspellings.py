"""Words that people type wrongly every day, put right before a message is read.

Law: quotations and file names are behind marks by then and stay as they were written.
"""

from __future__ import annotations

import re

_WRONG = {
    "music": "musci|muisc|musik|msuic",
    "background": "backgroud|backgound|backround|bakground",
    "title": "titel|tilte|titile|tittle",
    "subtitles": "subtitels|subtitiles|subtitls",
    "video": "vidoe|viedo|vedio|vide",
    "trim": "trimm|tirm",
    "seconds": "secconds|seonds|secodns|secounds",
    "volume": "volum|vloume|volumne",
    "upbeat": "upbeet|up-beat",
    "generate": "genrate|genarate|generat",
    "add": "addd",
    "the": "teh",
    "remove": "remov|remvoe",
    "louder": "lauder|louderr",
    "slower": "slowr|sloer",
}
_RIGHT = {wrong: right for right, listed in _WRONG.items() for wrong in listed.split("|")}
_PATTERN = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(_RIGHT, key=len, reverse=True))})(?![\w-])")


def mended(text: str) -> str:
    """Return the text with known misspellings put right; words in capitals are names."""
    return _PATTERN.sub(lambda m: _RIGHT[m[0]], text)
