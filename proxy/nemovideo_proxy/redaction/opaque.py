"""Redacts big bytes of any kind while they pass on their way to the disk: uploads, and media."""

from __future__ import annotations

import re

from nemovideo_proxy.redaction.base64s import is_text
from nemovideo_proxy.redaction.binaries import MAGIC, ZIPPED, unzipped
from nemovideo_proxy.redaction.endings import LONGEST
from nemovideo_proxy.redaction.known import Known
from nemovideo_proxy.redaction.live import MEMORY, PRINTED, open_from
from nemovideo_proxy.redaction.spotting import BEGINNINGS
from nemovideo_proxy.redaction.text import Text

_TAIL = re.compile(rb"(?:nmv_usr_|clm_|anon_|user_)[\w-]*\Z", re.ASCII)
_BEGINNINGS = (*BEGINNINGS, MAGIC)
_CUT_OFF = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


class Opaque:
    """A body that passes: what could go on as a secret stays behind until more has come.

    What is text from its beginning is read as text, for as long as it is. A gzip file stays behind until it is
    whole, or too large to be looked into.
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
        if self._is_text:
            cut -= _last_word(data[max(0, cut - MEMORY) : cut])
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
        end = data[-2 * MEMORY :]
        held = [self._begun(end), *(2 * self._begun(end[-phase::-2][::-1]) for phase in (1, 2))]
        whole = len(data) - _unfinished(end)
        if whole < len(data):
            held.append(len(data) - whole)
        if self._is_text and is_text(end[: len(end) - len(data) + whole]):
            held.append(len(data) - open_from(data, self._known))
        return min(len(data), max(held))

    def _begun(self, end: bytes) -> int:
        begun = (self._known.hunted.begun(end), *(_begun(end, each) for each in _BEGINNINGS))
        match = _TAIL.search(end, max(0, len(end) - MEMORY))
        return max(*begun, len(end) - match.start() if match else 0)


def _unfinished(data: bytes) -> int:
    """Return how many bytes at the end of `data` begin a character of UTF-8, and do not end it."""
    match = _CUT_OFF.search(data, max(0, len(data) - 3))
    return len(data) - match.start() if match else 0


def _last_word(data: bytes) -> int:
    """Return how long the word is that `data` ends with; what comes before it may tell that it is a secret.

    Of one that is too long for a secret (base64, JSON without blanks), it is what an address may have.
    """
    last = data.translate(PRINTED)
    size = len(last) - 1 - last.rfind(b" ")
    return size if size < MEMORY else LONGEST


def _begun(data: bytes, beginning: bytes) -> int:
    """Return how many bytes at the end of `data` a beginning begins with."""
    return max(n for n in range(len(beginning)) if data.endswith(beginning[:n]))
