"""Any text at all, as characters that can be set one after the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MOST = 600
"""Characters that are shown; more would be too small to read, and end in an ellipsis."""

_READ = 4 * MOST
"""Characters that are looked at, for some of them show nothing."""

_UNSEEN = {"Cc", "Cf", "Mn", "Me"}
"""Control and format characters, and marks that need shaping to sit on the letter before them."""


def plain(text: str) -> str:
    """Return `text` with composed letters, plain spaces and plain newlines, and nothing unseen.

    What is no character at all (half a surrogate pair) becomes U+FFFD. There is no shaping and no
    change of direction: a script that needs either is not among those of the font.
    """
    read = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text[:_READ])
    shown = "".join(_seen(unicodedata.normalize("NFC", read))).strip()
    if len(text) <= _READ and len(shown) <= MOST:
        return shown
    return cut(shown[: MOST - 1])


def cut(text: str) -> str:
    """Return `text` with a sign that there was more of it."""
    return text.rstrip() + "…"


def _seen(text: str) -> Iterator[str]:
    for character in text:
        kind = unicodedata.category(character)
        if character == "\n":
            yield character
        elif kind == "Zs" or character == "\t":
            yield " "
        elif kind == "Cs":
            yield "\ufffd"
        elif kind not in _UNSEEN:
            yield character
