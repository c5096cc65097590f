"""Quotations, listed lines and file names are put behind marks before a message is read.

Law: a mark is one private character; nothing inside a quotation can split a message or be taken for an
instruction, and a file called `add music.mp4` adds no music.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.agent.reading.language import MARKS
from nemovideo_fakeserver.agent.reading.listing import listed
from nemovideo_fakeserver.agent.reading.misspellings import mended
from nemovideo_fakeserver.core.assets import Asset

_QUOTE = MARKS.start
_FILE = _QUOTE + 0x800

QUOTED = f"[{chr(_QUOTE)}-{chr(_FILE - 1)}]"
"""Pattern of what stands where a quotation was."""

FILE = f"[{chr(_FILE)}-{chr(MARKS.stop - 1)}]"
"""Pattern of what stands where a file name was."""

ANY = f"[{chr(_QUOTE)}-{chr(MARKS.stop - 1)}]"
"""Pattern of any mark."""

_QUOTATION = re.compile(
    r"“([^”]{1,500})”|「([^」]{1,500})」|『([^』]{1,500})』|《([^》]{1,500})》|‘([^’]{1,500})’"
    r"|\"([^\"]{1,500})\"|`([^`]{1,500})`"
    r"|(?<![a-zA-Z0-9])'([^'\n]{1,500}(?:'(?=\w)[^'\n]{1,200}){0,5})'(?![a-zA-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with marks in it, and what they stand for."""

    text: str
    quotes: tuple[str, ...]
    files: tuple[Asset, ...]

    def quotes_in(self, piece: str) -> tuple[str, ...]:
        """Return the quotations of a piece of the text."""
        return tuple(self.quotes[ord(c) - _QUOTE] for c in piece if _QUOTE <= ord(c) < _FILE)

    def files_in(self, piece: str) -> tuple[Asset, ...]:
        """Return the uploads a piece of the text names."""
        return tuple(self.files[ord(c) - _FILE] for c in piece if _FILE <= ord(c) < MARKS.stop)


def marked(message: str, uploads: Sequence[Asset]) -> Marked:
    """Mark a tidy message. A quoted file name is a file name; of two like names, the newer file is meant."""
    quotes: list[str] = []
    files = tuple({a.filename.lower(): a for a in uploads if "." in a.filename}.values())[-0x800:]
    numbers = {asset.filename.lower(): number for number, asset in enumerate(files)}

    def mark(match: re.Match[str]) -> str:
        content = next(group for group in match.groups() if group is not None).strip()
        if (number := numbers.get(content.lower())) is not None:
            return chr(_FILE + number)
        return quoted(content)

    def quoted(content: str) -> str:
        quotes.append(content)
        return chr(_QUOTE + len(quotes) - 1)

    text = listed(_QUOTATION.sub(mark, message), quoted)
    for number, asset in enumerate(files):
        name = rf"(?<![a-z0-9_-]){re.escape(asset.filename)}(?![a-z0-9_-])"
        text = re.sub(name, chr(_FILE + number), text, flags=re.IGNORECASE)
    return Marked(mended(text), tuple(quotes), files)
