"""Pieces of music, each composed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from nemovideo_fakeserver.media.samples import Samples
from nemovideo_fakeserver.media.score.music import music
from support.listening import heard

Composer: TypeAlias = Callable[..., Samples]


@pytest.fixture(scope="session")
def piece() -> Composer:
    """Compose a piece of some seconds from notes; the same again is the same array."""
    composed: dict[str, Samples] = {}

    def compose(seconds: float, seed: int = 5, **notes: Any) -> Samples:
        name = repr((seconds, seed, notes))
        if name not in composed:
            composed[name] = heard(music(notes, seed, seconds))
            composed[name].flags.writeable = False
        return composed[name]

    return compose
