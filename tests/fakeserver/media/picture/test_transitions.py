"""A clip takes over from the one before it as the draft says, and the times stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from nemovideo_fakeserver.agent.families import looks as spoken
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.picture import transitions
from support.pictures import cut, luma, mean, pixels, plane, shown

OrderMaker = Callable[..., RenderOrder]
PaintMaker = Callable[..., Path]
NAMES = ["crossfade", "dissolve", "wipe", "slide", "zoom"]


def joined(
    paint: PaintMaker,
    order: OrderMaker,
    name: str,
    *,
    first: Any = None,
    d: int = 2000,
    gap: int = 0,
) -> RenderOrder:
    """A second of black paper, then white that follows it by a transition (of six frames, or of half of `d`)."""
    segments = [
        first or {"d": 1000, "src": "black"},
        {"s": 1000 + gap, "d": d, "src": "white", "m": {"transition": name}},
    ]
    media = {"black": paint(0), "white": paint(255)}
    return order({"t": [{"tt": 0, "sg": segments}]}, media, fps=10)


@pytest.mark.parametrize("name", ["crossfade", "dissolve"])
def test_half_way_through_a_crossfade_from_black_to_white_is_grey(
    name: str, paint: PaintMaker, order: OrderMaker
) -> None:
    """Every frame is a little more of the new clip, everywhere alike."""
    seen = shown(joined(paint, order, name))

    greys = [luma(f) for f in seen[9:17]]
    assert greys == pytest.approx([16 + 219 * k / 7 for k in range(8)], abs=2)
    assert all(plane(f).min() == plane(f).max() for f in seen)


def test_a_wipe_draws_a_curtain_from_the_left(paint: PaintMaker, order: OrderMaker) -> None:
    """Each picture stays where it is; the edge between them wanders."""
    seen = shown(joined(paint, order, "wipe", d=1000))  # five frames: the third is half-way

    half = seen[12]
    assert [luma(half, x) for x in (0.02, 0.47, 0.53, 0.98)] == [235, 235, 16, 16]
    shares = [(plane(f)[0] == 235).mean() for f in seen[9:16]]
    assert shares == pytest.approx([k / 6 for k in range(7)], abs=0.04)


def test_a_slide_pushes_the_new_picture_in_from_the_right(
    order: OrderMaker, make_film: Callable[..., Path], paint: PaintMaker, tmp_path: Path
) -> None:
    """What comes first of it is its left side."""
    halves = Image.new("L", (64, 36))
    halves.paste(255, (0, 0, 32, 36))
    halves.save(tmp_path / "halves.png")
    segments = [
        {"d": 1000, "src": "grey"},
        {"s": 1000, "d": 1000, "src": "halves", "m": {"transition": "slide"}},
    ]
    media = {"grey": paint(128), "halves": tmp_path / "halves.png"}

    seen = shown(order({"t": [{"tt": 0, "sg": segments}]}, media))

    half = seen[12]
    assert [luma(half, x) for x in (0.02, 0.47, 0.55, 0.98)] == [126, 126, 235, 235]
    assert [luma(seen[15], x) for x in (0.02, 0.98)] == [235, 16]


def test_a_zoom_lets_the_new_picture_grow_out_of_the_middle(
    paint: PaintMaker, order: OrderMaker
) -> None:
    """The middle is new first, the corners last."""
    seen = shown(joined(paint, order, "zoom", d=1000))

    half = seen[12]
    assert [luma(half, x) for x in (0.1, 0.5, 0.9)] == [16, 235, 16]
    assert [luma(half, 0.5, y) for y in (0.1, 0.5, 0.9)] == [16, 235, 16]
    shares = [(plane(f) == 235).mean() for f in seen[9:16]]
    assert shares == sorted(shares)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [(64, 36), (36, 64), (16, 16), (18, 50)])
def test_colour_and_light_move_together(
    name: str, size: tuple[int, int], paint: PaintMaker, order: OrderMaker
) -> None:
    """Where the new picture is seen it has its own colours: no plane runs ahead of another."""
    segments = [
        {"d": 1000, "src": "a"},
        {"s": 1000, "d": 1000, "src": "b", "m": {"transition": name}},
    ]
    media = {"a": paint(0, 0, 255, size=size), "b": paint(255, 0, 0, size=size)}
    width, height = size

    draft = {"t": [{"tt": 0, "sg": segments}]}
    seen = shown(order(draft, media, width=width, height=height))

    old, new = (
        [int(plane(seen[n], p)[height // 4, width // 4]) for p in range(3)] for n in (9, 19)
    )
    for frame in seen[10:15]:
        light, red = plane(frame)[::2, ::2], plane(frame, 2)
        gone = (light - old[0]) / (new[0] - old[0])
        assert (red - old[2]) / (new[2] - old[2]) == pytest.approx(gone, abs=0.06)


@pytest.mark.parametrize("name", NAMES)
def test_after_it_the_clip_is_alone(name: str, paint: PaintMaker, order: OrderMaker) -> None:
    """A transition takes 0.6 seconds of the new clip, and nothing of the old one."""
    cuts = list(cut(joined(paint, order, name)))

    assert [(p.frames, p.loop) for p in cuts] == [(10, 1), (6, None), (14, 1)]
    seen = shown(joined(paint, order, name))
    assert {luma(f) for f in seen[:10]} == {16}
    assert {pixels(f) for f in seen[16:]} == {pixels(shown(joined(paint, order, ""))[20])}


def test_a_short_clip_gives_half_of_its_time(paint: PaintMaker, order: OrderMaker) -> None:
    """The shot's second half belongs to the clip alone."""
    cuts = list(cut(joined(paint, order, "crossfade", d=600)))

    assert [p.frames for p in cuts] == [10, 3, 3]


def test_the_agents_transitions_are_those_of_the_table() -> None:
    """Whatever the agent can set can be seen."""
    assert set(transitions.MIXES) == set(spoken._TRANSITIONS._names.values()) == set(NAMES)


@pytest.mark.parametrize("name", ["", "cut", "explosion"])
def test_any_other_word_is_a_cut(name: str, paint: PaintMaker, order: OrderMaker) -> None:
    """A clip without a transition that is known begins at once."""
    assert luma(shown(joined(paint, order, name))[10]) == 235


@pytest.mark.parametrize(
    "changes", [{"gap": 500}, {"first": {"s": 1200, "d": 100, "src": "black"}}]
)
def test_without_a_clip_right_before_there_is_no_transition(
    changes: dict[str, Any], paint: PaintMaker, order: OrderMaker
) -> None:
    """After a gap, or where another clip covers the beginning, there is nothing to come out of."""
    seen = shown(joined(paint, order, "crossfade", **changes))

    greys = {luma(f) for f in seen}
    assert greys == {16, 235}


def test_footage_gives_way_from_its_last_frame(
    order: OrderMaker, make_film: Callable[..., Path], paint: PaintMaker, tmp_path: Path
) -> None:
    """The old clip stands still on the frame it was cut at, with the light it had."""
    film = make_film(tmp_path / "f.mp4", lumas=range(40, 240, 10), size=(64, 36), sound=False)
    segments = [
        {"d": 1000, "src": "film"},
        {"s": 1000, "d": 1000, "src": "white", "m": {"transition": "wipe"}},
    ]

    seen = shown(order({"t": [{"tt": 0, "sg": segments}]}, {"film": film, "white": paint(255)}))

    assert [luma(f, 0.9) for f in seen[9:14]] == pytest.approx([130] * 5, abs=3)
    assert mean(seen[15]) == 235


def test_what_had_faded_out_gives_way_as_black(paint: PaintMaker, order: OrderMaker) -> None:
    """The last frame of the old clip is what was seen of it."""
    first = {"d": 1000, "src": "white", "m": {"fade_out": 500}}

    seen = shown(joined(paint, order, "wipe", first=first, d=1000))

    assert [luma(seen[12], x) for x in (0.1, 0.9)] == [235, 16]
