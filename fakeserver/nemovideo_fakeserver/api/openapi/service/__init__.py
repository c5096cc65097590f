"""The routes of the service, noun by noun, in the order of a session."""

from __future__ import annotations

from nemovideo_fakeserver.api.openapi.operation import Noun
from nemovideo_fakeserver.api.openapi.service import (
    balance,
    files,
    messages,
    pages,
    renders,
    sessions,
    tokens,
    uploads,
)

NOUNS: tuple[Noun, ...] = (
    tokens,
    sessions,
    messages,
    uploads,
    balance,
    renders,
    files,
    pages,
)
