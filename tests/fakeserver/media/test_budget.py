"""A render may be long, and may not be endless."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media import budget
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.timeline import reading
from support.pictures import cut

HD, UHD = (1920, 1080), (3840, 2160)


def ordered(
    *segments: dict[str, Any], canvas: tuple[int, int], fps: int = 30, clip: tuple[int, int] = HD
) -> RenderOrder:
    """An order for a film in which `u` is an hour of uploaded footage at 30 fps."""
    uploaded = Asset(
        kind="video", filename="u.mp4", url="u", seconds=3600, width=clip[0], height=clip[1],
        fps=30.0, hash="", source=Path("u.mp4"), origin="uploaded",
    )  # fmt: skip
    draft = {"t": [{"tt": 0, "sg": list(segments)}]}
    width, height = canvas
    return RenderOrder(
        draft=draft, media={"u": uploaded}, width=width, height=height, fps=fps, seed=1
    )


@pytest.mark.parametrize(
    ("segment", "canvas", "fps", "clip"),
    [
        ({"src": "u", "d": 600_000}, HD, 30, HD),
        ({"src": "u", "d": 600_000}, HD, 60, HD),
        ({"src": "u", "d": 180_000}, UHD, 30, UHD),
        ({"d": 3_600_000}, (4096, 4096), 60, HD),
    ],
)
def test_ordinary_work_is_allowed(
    segment: dict[str, Any], canvas: tuple[int, int], fps: int, clip: tuple[int, int]
) -> None:
    """Ten minutes of footage in full HD, three in 4k, and any length of a picture that stands still."""
    order = ordered(segment, canvas=canvas, fps=fps, clip=clip)

    budget.check(reading.read(order))


@pytest.mark.parametrize(
    ("segments", "canvas", "clip"),
    [
        ([{"src": "u", "d": 3_000_000}], UHD, HD),
        ([{"src": "u", "d": 3_000_000, "m": {"speed": 1.1}}], (16, 16), UHD),
        ([{"src": "u", "d": 300_000, "m": {"speed": 10}}], (16, 16), UHD),
        ([{"s": 1000 * n, "d": 1000} for n in range(1000)], (4096, 4096), HD),
        ([{"d": 3_600_000, "m": {"fade_in": 3_600_000}}], UHD, HD),
    ],
    ids=["large-canvas", "large-source", "fast-source", "many-stills", "long-fade"],
)
def test_endless_work_is_refused_in_words(
    segments: list[dict[str, Any]], canvas: tuple[int, int], clip: tuple[int, int]
) -> None:
    """What is encoded counts as what is decoded does, and many stills as what they are."""
    line = reading.read(ordered(*segments, canvas=canvas, clip=clip))

    with pytest.raises(RenderError, match=r"^invalid draft: it is \d+\.\d times the work"):
        budget.check(line)


def test_what_is_encoded_is_foreseen(order: Callable[..., RenderOrder]) -> None:
    """Fades, words and transitions count frame by frame, the rest until it repeats itself."""
    segments = [
        {"d": 20_000, "m": {"fade_in": 1000}},
        {"s": 20_000, "d": 20_000, "m": {"transition": "wipe"}},
        {"s": 40_000, "d": 1000, "m": {"fade_out": 200}},
    ]
    words = [{"s": 10_000, "d": 5000, "m": {"text": "Hi", "fade_in": 2000, "fade_out": 300}}]
    asked = order({"t": [{"tt": 0, "sg": segments}, {"tt": 7, "sg": words}], "d": 50_000})

    foreseen = sum(budget.encoded(reading.read(asked)))

    group = 10
    cost = (p.frames if p.loop is None else min(p.frames, max(p.loop, group)) for p in cut(asked))
    assert foreseen == sum(cost)


def test_a_render_keeps_to_the_budget(tmp_path: Path) -> None:
    """What is too much is refused before anything is written."""
    order = ordered({"src": "u", "d": 3_000_000}, canvas=UHD)

    with pytest.raises(RenderError, match="times the work"):
        making.render(order, tmp_path / "film.mp4", lambda: None)
    assert list(tmp_path.iterdir()) == []
