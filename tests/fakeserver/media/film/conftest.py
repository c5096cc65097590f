"""Orders, and the files that come of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media.film import making

Render: TypeAlias = Callable[..., Film]


@pytest.fixture
def render(order: Callable[..., RenderOrder], tmp_path: Path) -> Render:
    """Render a draft in the format `form` without ever giving up, into a file of its own."""

    def make(
        draft: Any, media: Any = None, *, form: str = "mp4", quality: str = "high", **canvas: int
    ) -> Film:
        asked = replace(order(draft, media, **canvas), format=form, quality=quality)
        count = sum(1 for _ in tmp_path.glob("film*"))
        return making.render(asked, tmp_path / f"film{count}.{form}")

    return make


@pytest.fixture(scope="session")
def ramp(make_film: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip of two seconds at 10 frames a second that gets brighter with every frame, with a tone."""
    path = tmp_path_factory.mktemp("ramp") / "ramp.mp4"
    return make_film(path, lumas=range(40, 240, 10), size=(64, 36), seconds=2.0)
