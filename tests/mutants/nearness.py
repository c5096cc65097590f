"""Which tests of the suite are about the same thing as a mutant, told by names alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

ALSO = {
    "limits": ("token",),
    "managed": ("token", "scope"),
    "claims": ("claim", "token", "page"),
    "envelope": ("envelope", "error", "code", "header", "http"),
    "states": ("state", "draft"),
    "drafts": ("draft", "edit", "state"),
    "heartbeats": ("heartbeat", "stream"),
    "events": ("event", "stream", "edit"),
    "streams": ("stream", "message", "edit"),
    "balances": ("credit",),
    "messages": ("stream", "talk", "chat"),
    "prices": ("credit", "price", "cost"),
    "assets": ("upload", "media", "asset"),
    "polls": ("render",),
    "exports": ("export", "attribution", "render"),
    "downloads": ("download", "file", "range", "render"),
    "readings": ("variant", "reading", "preset"),
}
"""Words that the names of tests about a chapter's noun may have, the likeliest first."""


def nearest_first(chapter: str, items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests in another order: those whose module, or else name, speaks of the chapter's noun, first."""
    words = (chapter.removesuffix("s"), *ALSO.get(chapter, ()))
    return sorted(items, key=lambda item: _distance(words, item))


def _distance(words: tuple[str, ...], item: pytest.Item) -> int:
    module, _, name = item.nodeid.rpartition("::")
    for number, word in enumerate(words):
        if word in module.rpartition("/")[2]:
            return number
    return len(words) if any(word in name for word in words) else len(words) + 1
