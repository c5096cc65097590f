"""A client that was answered from the cassette has a token that the service never gave."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from nemovideo_proxy.model import Request
from nemovideo_proxy.recording.marked import Marked
from nemovideo_proxy.redaction import is_pseudonym

_WORD = re.compile(r"[^\s,;:=\"]+")
_CARRIERS = frozenset(("authorization", "cookie", "x-api-key", "x-auth-token"))


def refusal(request: Request) -> Marked | None:
    """Return why a request with a replayed token is not sent to the service, or None if it has none."""
    if not any(is_pseudonym("token", word) for word in _words(request)):
        return None
    return Marked(
        why="replayed-token",
        sentence="this was not recorded, and cannot be now: its token was replayed from the cassette, and the "
        "service does not know it; start the client with a NEMO_TOKEN of its own, or record anew (--mode rewrite)",
    )


def _words(request: Request) -> list[str]:
    words = [value for _, value in parse_qsl(request.url.partition("?")[2])]
    for name, value in request.headers:
        if name.lower() in _CARRIERS:
            words += _WORD.findall(value)
    return words
