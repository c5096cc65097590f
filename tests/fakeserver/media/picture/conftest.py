"""Plain pictures in one grey or colour, for what is laid above them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

PaintMaker = Callable[..., Path]


@pytest.fixture(scope="session")
def paint(tmp_path_factory: pytest.TempPathFactory) -> PaintMaker:
    """Make a PNG of one grey or one colour, as large as the usual canvas or another."""
    folder = tmp_path_factory.mktemp("paint")

    def make(*colour: int, size: tuple[int, int] = (64, 36)) -> Path:
        red, green, blue = colour if len(colour) == 3 else colour * 3
        path = folder / f"{red}-{green}-{blue}-{size[0]}x{size[1]}.png"
        Image.new("RGB", size, (red, green, blue)).save(path)
        return path

    return make
