"""Which tests of the suite are about the same thing as a mutant, told by names alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

ALSO = {
    "tokens": ("managed",),
    "limits": ("token",),
    "managed": ("managed", "scope"),
    "claims": ("page",),
    "envelope": ("stray", "malformed", "render"),
    "sessions": ("page", "scope"),
    "states": ("edit", "upload", "media"),
    "drafts": ("edit", "work", "session"),
    "heartbeats": ("signs_of_life", "stream"),
    "events": ("stream", "edit", "work"),
    "streams": ("work", "edit", "signs_of_life", "defaults"),
    "messages": ("malformed", "stream", "order"),
    "balances": ("credits", "fault", "registered"),
    "prices": ("credits", "defaults", "film"),
    "uploads": ("media",),
    "assets": ("upload", "media"),
    "polls": ("render", "film", "defaults"),
    "exports": ("attribution", "registered"),
    "downloads": ("film", "render"),
    "boundaries": ("limit", "token", "render", "session", "upload"),
    "isolation": ("session", "render", "page", "credits", "registered"),
    "shapes": ("shape", "render"),
    "films": ("film", "render"),
    "media": ("upload", "media"),
    "agents": ("work", "edit", "signs_of_life", "session", "stream"),
    "readings": ("preset", "shape", "dialect", "defaults", "attribution", "limit", "registered"),
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
