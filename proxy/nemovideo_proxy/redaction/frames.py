"""The words of an event stream, joined over its frames: a secret may be split between two of them.

Words are what stands under `text` or `content` in the frames of every dialect. A reply that was cut off may
end within them.
"""

from __future__ import annotations

import re

from nemovideo_proxy.redaction.escapes import JSON, Change, unescaped

WORDS = re.compile(rb'"(?:text|content|delta)"\s*:\s*"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)


def words_of(stream: bytes) -> bytes:
    """Return the words of a stream, joined."""
    return b"".join(unescaped(match[1]) for match in WORDS.finditer(stream))


def change_words(stream: bytes, change: Change) -> bytes:
    """Return a stream with a change made to its joined words; lengths stay."""
    joined = words_of(stream)
    changed = change(joined)
    if changed == joined:
        return stream
    made, at, end = [], 0, 0
    for match in WORDS.finditer(stream):
        size = len(unescaped(match[1]))
        made += [stream[end : match.start(1)], _written(match[1], changed[at : at + size])]
        at, end = at + size, match.end(1)
    return b"".join((*made, stream[end:]))


def _written(raw: bytes, new: bytes) -> bytes:
    return JSON.change(raw, lambda _: new) if b"\\" in raw else new
