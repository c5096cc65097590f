"""Redacts what is written while it comes in: no secret is given back, whole or nearly so.

Of an event stream, whole frames are given back once its words are not likely to go on as a secret (`_RUN`).
Anything else is given back when it is over. A piece that was held back keeps its time and its size.
"""

from __future__ import annotations

import re
from collections import deque

from nemovideo_proxy import places
from nemovideo_proxy.places import SECRET
from nemovideo_proxy.redaction.base64s import is_text
from nemovideo_proxy.redaction.frames import change_words, pieces_of
from nemovideo_proxy.redaction.known import Known
from nemovideo_proxy.redaction.spotting import BEGINNINGS
from nemovideo_proxy.redaction.text import Text

_FRAME_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_BEGUN = b"|".join(  # "nm", "nmv", ..., and "nmv_usr_" with whatever follows it
    each[:size] if size < len(each) else each + b"[!-~]*"
    for each in (*BEGINNINGS, b"eyJ")
    for size in range(2, len(each) + 1)
)
_RUN = re.compile(rb"""(?<![!-~])(?:[!-~]{12,}|[!-~]*[@%%="'{\\][!-~]*|%s)\Z""" % _BEGUN)
"""A last word that may go on as a secret: it is long, or no plain word, or begins as secrets do. A short plain
word may be the beginning of somebody's address; it is not waited for, or every "done." would hold back the
heartbeats behind it, and a recording that is killed would lose them.
"""
PRINTED = bytes(ord("x" if 0x20 < byte < 0x7F else " ") for byte in range(256))
"""Shows where words begin, as `_RUN` has them."""

_PLACE = re.compile(
    rb"""["'](?:%s)["']\s*:\s*(?:"[^"]*|'[^']*|\[[^\]]*)?\Z"""
    % "|".join(re.escape(name) for name, role in places.IN_JSON.items() if role in SECRET).encode(),
    re.IGNORECASE,
)
MEMORY = 4096
"""How many bytes of words are remembered: a secret place may have been named in an earlier frame."""


class Live:
    """A reply that comes in, piece by piece."""

    def __init__(self, text: Text, known: Known, *, is_stream: bool, is_held: bool = False) -> None:
        self._text = text
        self._known = known
        self._is_stream = is_stream
        self._is_held = is_held
        self._sizes: deque[tuple[float, int]] = deque()
        self._buffer = b""
        self._ready = b""
        self._words = b""

    def feed(self, at: float, data: bytes) -> list[tuple[float, bytes]]:
        """Take a piece that came `at` seconds; return those that may be written now."""
        self._sizes.append((at, len(data)))
        self._buffer += data
        if self._is_stream and not self._is_held and (safe := self._safe()):
            self._release(safe)
        return self._pieces()

    def finish(self) -> list[tuple[float, bytes]]:
        """Return the rest; the reply is over, or cut off."""
        if self._is_stream:
            self._release(len(self._buffer))
        else:
            replaced = self._text.replaced if is_text(self._buffer) else self._text.opaque
            self._ready, self._buffer = replaced(self._buffer, "response body"), b""
        return self._pieces()

    def _release(self, size: int) -> None:
        stream, self._buffer = self._buffer[:size], self._buffer[size:]
        stream = change_words(stream, self._told)
        self._ready += self._text.replaced(stream, "response body")

    def _told(self, words: bytes) -> bytes:
        """Replace in words, seen with those before them."""
        joined = self._text.replaced(self._words + words, "response words")
        self._words, words = joined[-MEMORY:], joined[len(self._words) :]
        return words

    def _pieces(self) -> list[tuple[float, bytes]]:
        pieces = []
        while self._sizes and self._sizes[0][1] <= len(self._ready):
            at, size = self._sizes.popleft()
            pieces.append((at, self._ready[:size]))
            self._ready = self._ready[size:]
        return pieces

    def _safe(self) -> int:
        """Return how much of the buffer can be given back: whole frames, whose words end no secret within."""
        ends = [0, *(match.end() for match in _FRAME_END.finditer(self._buffer))]
        safe = ends[-1]
        while (start := self._open_in(safe)) < safe:
            safe = max(end for end in ends if end <= start)
        return safe

    def _open_in(self, size: int) -> int:
        """Return where the words begin that may go on after so many bytes."""
        pieces = pieces_of(self._buffer[:size])
        words = self._words + b"".join(gap + words for _, gap, words in pieces)
        left = open_from(words, self._known) - len(self._words)
        for match, gap, each in pieces:
            left -= len(gap) + len(each)
            if left < 0:
                return match.start()
        return size


def open_from(words: bytes, known: Known) -> int:
    """Return from where on words could be the beginning of a secret, or of a place that holds one."""
    starts = [len(words)]
    begin = max(0, len(words) - MEMORY)
    last = max(begin, words.translate(PRINTED).rfind(b" ") + 1)
    matches = (_RUN.match(words, last), _PLACE.search(words, begin))
    starts += [match.start() for match in matches if match]
    return min(*starts, len(words) - known.hunted.begun(words))
