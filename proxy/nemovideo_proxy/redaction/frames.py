"""The words of an event stream, joined over its frames: a secret may be split between two of them.

Words are what stands under `text` or `content` in the frames of every dialect. A reply that was cut off may
end within them.
"""

from __future__ import annotations

import re

from nemovideo_proxy.redaction.endings import LONGEST, is_over
from nemovideo_proxy.redaction.escapes import JSON, Change, unescaped

WORDS = re.compile(rb'"(?:text|content|delta)"\s*:\s*"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)
_PARTIAL = re.compile(rb'"partial"\s*:\s*true')


def pieces_of(stream: bytes) -> list[tuple[re.Match[bytes], bytes, bytes]]:
    """Return where words stand, what parts them from those before, and the words themselves.

    In the ADK's dialect a message comes in parts, and then as a whole: that begins anew. So does what follows a
    secret that is whole.
    """
    pieces, was_partial, before = [], None, b""
    for match in WORDS.finditer(stream):
        is_partial = _PARTIAL.search(stream, match.start(), _end(stream, match.end())) is not None
        words = unescaped(match[1])
        is_new = was_partial not in (None, is_partial) or is_over(before, words)
        gap = b"\n" if is_new else b""
        pieces.append((match, gap, words))
        before = before[-LONGEST:] + gap + words
        was_partial = is_partial
    return pieces


def change_words(stream: bytes, change: Change) -> bytes:
    """Return a stream with a change made to its joined words; lengths stay."""
    pieces = pieces_of(stream)
    joined = b"".join(gap + words for _, gap, words in pieces)
    changed = change(joined)
    if changed == joined:
        return stream
    made, at, end = [], 0, 0
    for match, gap, words in pieces:
        at += len(gap)
        new = changed[at : at + len(words)]
        made += [stream[end : match.start(1)], _written(match[1], new)]
        at, end = at + len(words), match.end(1)
    return b"".join((*made, stream[end:]))


def _end(stream: bytes, at: int) -> int:
    """Return where the line ends that holds `at`."""
    end = stream.find(b"\n", at)
    return len(stream) if end < 0 else end


def _written(raw: bytes, new: bytes) -> bytes:
    return JSON.change(raw, lambda _: new) if b"\\" in raw else new
