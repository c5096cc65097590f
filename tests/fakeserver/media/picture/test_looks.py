"""A look changes what it says it does, the more the greater its amount, on pictures of every kind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from nemovideo_fakeserver.agent.families import looks as spoken
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.picture import looks
from support.pictures import mean, pixels, plane, shown

OrderMaker = Callable[..., RenderOrder]


@pytest.fixture(scope="module")
def colourful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of soft colours, all of them away from the limits, with an edge down the middle."""
    across, down = np.meshgrid(np.linspace(0, 1, 64), np.linspace(0, 1, 36))
    step = 30 * (across > 0.5)
    colours = np.stack(
        [70 + 60 * across + step, 80 + 40 * down + step, 130 - 50 * across + step], 2
    )
    path = tmp_path_factory.mktemp("colourful") / "colourful.png"
    Image.fromarray(colours.astype(np.uint8)).save(path)
    return path


Seen = Callable[..., VideoFrame]


@pytest.fixture(name="seen")
def _seen(colourful: Path, order: OrderMaker) -> Seen:
    """Show the colourful picture with a look."""

    def seen(**m: Any) -> VideoFrame:
        segment = {"d": 100, "src": "u", "m": m}
        return shown(order({"t": [{"tt": 0, "sg": [segment]}]}, {"u": colourful}))[0]

    return seen


def rgb(frame: VideoFrame) -> list[float]:
    """The means of red, green and blue."""
    pixels_ = frame.to_ndarray(format="rgb24").reshape(-1, 3)
    return [float(value) for value in pixels_.mean(axis=0)]


def warmth(frame: VideoFrame) -> float:
    """By how much red is above blue."""
    red, _, blue = rgb(frame)
    return red - blue


def spread(frame: VideoFrame) -> float:
    """How far apart light and dark are."""
    return float(plane(frame).std())


def colourfulness(frame: VideoFrame) -> float:
    """How far the colours are from grey."""
    return float(sum(np.abs(plane(frame, n) - 128).mean() for n in (1, 2)))


def edge(frame: VideoFrame) -> float:
    """The steepest step from one column to the next."""
    return float(np.abs(np.diff(plane(frame).mean(axis=0))).max())


MEASURES = {
    "brightness": mean,
    "contrast": spread,
    "saturation": colourfulness,
    "temperature": warmth,
    "sharpness": edge,
}


@pytest.mark.parametrize("name", MEASURES)
def test_more_of_an_amount_is_more_of_its_effect(name: str, seen: Seen) -> None:
    """From -100 to 100, and clearly so; beyond that nothing changes any more."""
    measured = [MEASURES[name](seen(**{name: amount})) for amount in range(-100, 101, 25)]

    assert all(low < high for low, high in pairwise(measured))
    assert measured[6] > measured[4] + 0.1 * abs(measured[4] or 1)
    assert pixels(seen(**{name: 100})) == pixels(seen(**{name: 900}))


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_of_it_changes_nothing(name: str, seen: Seen) -> None:
    """0 is the picture as it is, to the bit."""
    assert pixels(seen(**{name: 0})) == pixels(seen())


def test_a_brighter_picture_is_brighter_by_as_much(seen: Seen) -> None:
    """Fifty is forty steps of luma, and the colours stay."""
    plain, bright = seen(), seen(brightness=50)

    assert mean(bright) == pytest.approx(mean(plain) + 40, abs=1)
    assert plane(bright, 1).tolist() == plane(plain, 1).tolist()


@pytest.mark.parametrize("m", [{"saturation": -100}, {"filter": "black and white"}])
def test_no_colour_is_left(m: dict[str, Any], seen: Seen) -> None:
    """Grey, with the light it had."""
    frame = seen(**m)

    assert {int(v) for n in (1, 2) for v in plane(frame, n).flat} == {128}
    assert plane(frame).tolist() == plane(seen()).tolist()


def test_contrast_spreads_around_the_middle(seen: Seen) -> None:
    """Light gets lighter and dark darker."""
    plain, stark = plane(seen()), plane(seen(contrast=50))

    assert stark.max() > plain.max()
    assert stark.min() < plain.min()


def test_white_and_black_are_neither_warm_nor_cold(
    paint: Callable[..., Path], order: OrderMaker
) -> None:
    """Warmth leaves what has no light, and what is all light."""
    for grey in (0, 255):
        segment = {"d": 100, "src": "u", "m": {"temperature": 80}}
        frame = shown(order({"t": [{"tt": 0, "sg": [segment]}]}, {"u": paint(grey)}))[0]
        assert [mean(frame, n) for n in (1, 2)] == pytest.approx([128, 128], abs=1)


def test_the_agents_filters_are_those_of_the_table() -> None:
    """Whatever the agent can set can be seen."""
    assert set(looks.FILTERS) == set(spoken._FILTERS._names.values())


@pytest.mark.parametrize("name", sorted(looks.FILTERS))
def test_every_filter_is_seen(name: str, seen: Seen) -> None:
    """A named look is far from the plain picture, and from all others."""
    frame = seen(filter=name)

    assert pixels(frame) != pixels(seen())
    others = {pixels(seen(filter=other)) for other in looks.FILTERS if other != name}
    assert pixels(frame) not in others


def test_sepia_is_brown(paint: Callable[..., Path], order: OrderMaker) -> None:
    """Grey becomes red over green over blue."""
    segment = {"d": 100, "src": "u", "m": {"filter": "sepia"}}
    frame = shown(order({"t": [{"tt": 0, "sg": [segment]}]}, {"u": paint(0, 120, 200)}))[0]

    red, green, blue = rgb(frame)
    assert red > green + 10 > blue + 20


def test_vintage_fades_and_darkens_the_corners(
    paint: Callable[..., Path], order: OrderMaker
) -> None:
    """Black is no longer black, and the corners are darker than the middle."""
    segment = {"d": 100, "src": "u", "m": {"filter": "vintage"}}
    draft = {"t": [{"tt": 0, "sg": [segment]}]}

    dark, light = (shown(order(draft, {"u": paint(grey)}))[0] for grey in (0, 200))

    assert plane(dark)[18, 32] > 22
    assert plane(light)[0, 0] < plane(light)[18, 32] - 20


def test_cinematic_has_cold_shadows_and_warm_lights(
    paint: Callable[..., Path], order: OrderMaker
) -> None:
    """Teal and orange."""
    segment = {"d": 100, "src": "u", "m": {"filter": "cinematic"}}
    draft = {"t": [{"tt": 0, "sg": [segment]}]}

    dark, light = (shown(order(draft, {"u": paint(grey)}))[0] for grey in (60, 190))

    assert warmth(dark) < -5
    assert warmth(light) > 5


@pytest.mark.parametrize("name", ["blur", "dreamy"])
def test_soft_filters_take_edges_away(name: str, seen: Seen) -> None:
    """A step is less steep."""
    assert edge(seen(filter=name)) < 0.7 * edge(seen())


def test_a_blur_is_as_wide_on_every_canvas(order: OrderMaker, tmp_path: Path) -> None:
    """Its width is a share of the picture, so that a large film looks like its small one."""
    halves = Image.new("L", (512, 288))
    halves.paste(255, (0, 0, 256, 288))
    halves.save(tmp_path / "halves.png")
    segment = {"d": 100, "src": "u", "m": {"filter": "blur"}}
    draft, media = {"t": [{"tt": 0, "sg": [segment]}]}, {"u": tmp_path / "halves.png"}

    small, large = (
        edge(shown(order(draft, media, width=w, height=w * 9 // 16))[0]) for w in (256, 512)
    )

    assert small == pytest.approx(2 * large, rel=0.1)


@pytest.mark.parametrize("name", ["explosion", ""])
def test_an_unknown_filter_is_none(name: str, seen: Seen) -> None:
    """What is not in the table changes nothing."""
    assert pixels(seen(filter=name)) == pixels(seen())


@pytest.mark.parametrize("kind", ["mp4", "gif", "card"])
def test_films_animations_and_cards_have_looks_too(
    kind: str, order: OrderMaker, make_film: Callable[..., Path], tmp_path: Path
) -> None:
    """All that is shown goes through the same filters."""
    path = tmp_path / f"moving.{kind}"
    if kind == "gif":
        reds = [Image.new("RGB", (64, 36), (red, 0, 0)) for red in (200, 250)]
        reds[0].save(path, save_all=True, append_images=reds[1:], duration=100)
    elif kind == "mp4":
        make_film(path, size=(64, 36), sound=False)
    segment = {
        "d": 200,
        "src": "u",
        "m": {"saturation": -100, "brightness": 20, "name": "A red sea"},
    }
    media = {} if kind == "card" else {"u": path}
    plain = {**segment, "m": {"saturation": -100, "name": "A red sea"}}

    changed, before = (
        shown(order({"t": [{"tt": 0, "sg": [s]}]}, media))[1] for s in (segment, plain)
    )

    assert {int(v) for n in (1, 2) for v in plane(changed, n).flat} == {128}
    assert mean(changed) == pytest.approx(mean(before) + 16, abs=2)
