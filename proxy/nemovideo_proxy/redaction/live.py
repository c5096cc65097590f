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
from nemovideo_proxy.redaction.binaries import MAGIC, ZIPPED, unzipped
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
_PRINTED = bytes(ord("x" if 0x20 < byte < 0x7F else " ") for byte in range(256))
"""Shows where words begin, as `_RUN` has them."""

_PLACE = re.compile(
    rb"""["'](?:%s)["']\s*:\s*(?:"[^"]*|'[^']*|\[[^\]]*)?\Z"""
    % "|".join(re.escape(name) for name, role in places.IN_JSON.items() if role in SECRET).encode(),
    re.IGNORECASE,
)
_MEMORY = 4096
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
        self._words, words = joined[-_MEMORY:], joined[len(self._words) :]
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
    begin = max(0, len(words) - _MEMORY)
    last = max(begin, words.translate(_PRINTED).rfind(b" ") + 1)
    matches = (_RUN.match(words, last), _PLACE.search(words, begin))
    starts += [match.start() for match in matches if match]
    return min(*starts, len(words) - known.hunted.begun(words))


class Opaque:
    """Big bytes of any kind that pass: what could go on as a secret stays behind until more has come.

    What is text from its beginning is read as text, for as long as it is. A gzip file stays behind until it is whole, or too large to be looked
    into.
    """

    def __init__(self, text: Text, known: Known) -> None:
        self._text = text
        self._known = known
        self._tail = b""
        self._enough = 0
        self._is_text = True

    def feed(self, data: bytes) -> bytes:
        """Return what is safe to write. Raises Unchangeable."""
        data = self._tail + data
        if len(data) < self._enough:
            self._tail = data
            return b""
        cut = self._before_zipped(data)
        while held := self._open(data[:cut]):
            cut -= held
        self._tail = data[cut:]
        return self._changed(data[:cut])

    def finish(self) -> bytes:
        """Return the rest. Raises Unchangeable."""
        rest, self._tail = self._changed(self._tail), b""
        return rest

    def _changed(self, data: bytes) -> bytes:
        self._is_text = self._is_text and is_text(data)
        return (self._text.replaced if self._is_text else self._text.opaque)(data, "file")

    def _before_zipped(self, data: bytes) -> int:
        """Return where a gzip file begins of which more has to come; it is looked at when it has doubled."""
        self._enough = 0
        at = data.find(MAGIC)
        while at >= 0:
            said, size = unzipped(data, at)
            if said is not None and not size and len(data) - at < ZIPPED:
                self._enough = min(2 * (len(data) - at), ZIPPED)
                return at
            at = data.find(MAGIC, at + max(size, 1))
        return len(data)

    def _open(self, data: bytes) -> int:
        end = data[-2 * _MEMORY :]
        held = [self._begun(end), *(2 * self._begun(end[-phase::-2][::-1]) for phase in (1, 2))]
        whole = len(data) - _unfinished(end)
        if whole < len(data):
            held.append(len(data) - whole)
        if self._is_text and is_text(end[: len(end) - len(data) + whole]):
            held += [len(data) - open_from(data, self._known), _last_word(end)]
        return min(len(data), max(held))

    def _begun(self, end: bytes) -> int:
        begun = (self._known.hunted.begun(end), *(_begun(end, each) for each in _BEGINNINGS))
        match = _TAIL.search(end, max(0, len(end) - _MEMORY))
        return max(*begun, len(end) - match.start() if match else 0)


_TAIL = re.compile(rb"(?:nmv_usr_|clm_|anon_|user_)[\w-]*\Z", re.ASCII)
_BEGINNINGS = (*BEGINNINGS, MAGIC)
_CUT_OFF = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


def _unfinished(data: bytes) -> int:
    """Return how many bytes at the end of `data` begin a character of UTF-8, and do not end it."""
    match = _CUT_OFF.search(data, max(0, len(data) - 3))
    return len(data) - match.start() if match else 0


def _last_word(data: bytes) -> int:
    """Return how long the word is that `data` ends with; what comes before it may tell that it is a secret."""
    last = data[-_MEMORY:].translate(_PRINTED)
    return len(last) - 1 - last.rfind(b" ")


def _begun(data: bytes, beginning: bytes) -> int:
    """Return how many bytes at the end of `data` a beginning begins with."""
    return max(n for n in range(len(beginning)) if data.endswith(beginning[:n]))
