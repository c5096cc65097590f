"""Pictures rise from black and fall back to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nemovideo_fakeserver.core.ports import RenderOrder
from support.pictures import cut, luma, mean, pixels, shown

OrderMaker = Callable[..., RenderOrder]
PaintMaker = Callable[..., Path]


def white(paint: PaintMaker, order: OrderMaker, **m: float) -> RenderOrder:
    """A second of white that fades."""
    segment = {"d": 1000, "src": "u", "m": m}
    return order({"t": [{"tt": 0, "sg": [segment]}]}, {"u": paint(255)})


def test_a_picture_comes_out_of_black(paint: PaintMaker, order: OrderMaker) -> None:
    """From black on the first frame, evenly, to all of it when the time is over."""
    greys = [luma(f) for f in shown(white(paint, order, fade_in=500))]

    assert greys == pytest.approx([16, 60, 104, 147, 191, *[235] * 5], abs=2)


def test_a_picture_goes_to_black(paint: PaintMaker, order: OrderMaker) -> None:
    """The last frame is black, and before the fall all is as it was."""
    greys = [luma(f) for f in shown(white(paint, order, fade_out=500))]

    assert greys == pytest.approx([*[235] * 5, 191, 147, 104, 60, 16], abs=2)


def test_colour_fades_with_the_light(paint: PaintMaker, order: OrderMaker) -> None:
    """Black has no colour."""
    red = {"d": 1000, "src": "u", "m": {"fade_in": 1000}}

    seen = shown(order({"t": [{"tt": 0, "sg": [red]}]}, {"u": paint(255, 0, 0)}))

    assert mean(seen[0], 2) == 128
    assert mean(seen[5], 2) == pytest.approx((128 + 240) / 2, abs=2)


def test_fades_longer_than_the_clip_meet_in_the_middle(
    paint: PaintMaker, order: OrderMaker
) -> None:
    """A clip that rises and falls all the time is brightest half-way, and never whole."""
    greys = [luma(f) for f in shown(white(paint, order, fade_in=1000, fade_out=1000))]

    assert greys == greys[::-1]
    assert max(greys) == greys[4] == pytest.approx(16 + 219 * 0.4, abs=2)


def test_only_what_fades_is_drawn_frame_by_frame(paint: PaintMaker, order: OrderMaker) -> None:
    """The middle stands still, and is the picture itself."""
    plain = shown(white(paint, order))[0]

    cuts = list(cut(white(paint, order, fade_in=300, fade_out=200)))

    assert [(p.frames, p.loop) for p in cuts] == [(3, None), (5, 1), (2, None)]
    assert pixels(next(iter(cuts[1].pictures))) == pixels(plain)


def test_footage_fades_as_well(
    order: OrderMaker, make_film: Callable[..., Path], tmp_path: Path
) -> None:
    """A clip that moves is darkened frame by frame."""
    film = make_film(tmp_path / "film.mp4", lumas=[216] * 10, size=(64, 36), sound=False)
    segment = {"d": 1000, "src": "u", "m": {"fade_out": 500}}

    greys = [luma(f) for f in shown(order({"t": [{"tt": 0, "sg": [segment]}]}, {"u": film}))]

    assert greys == pytest.approx([*[216] * 5, 176, 136, 96, 56, 16], abs=3)


def test_what_was_covered_has_faded_meanwhile(paint: PaintMaker, order: OrderMaker) -> None:
    """A fade belongs to the clip's own time: what comes to light later is as bright as it would be."""
    over, under = {"d": 300}, {"d": 1000, "src": "u", "m": {"fade_in": 500}}
    draft = {"t": [{"tt": 0, "sg": [over]}, {"tt": 0, "sg": [under]}]}

    seen = shown(order(draft, {"u": paint(255)}))

    assert [luma(f) for f in seen[3:6]] == pytest.approx([147, 191, 235], abs=2)


def test_what_the_film_cuts_off_has_faded_by_its_end(paint: PaintMaker, order: OrderMaker) -> None:
    """A fade-out belongs to the end that is seen, as it does to the one that is heard."""
    segment = {"s": 200, "d": 60_000, "src": "u", "m": {"fade_out": 500}}
    draft = {"t": [{"tt": 0, "sg": [segment]}], "d": 1200}

    greys = [luma(f) for f in shown(order(draft, {"u": paint(255)}))]

    assert greys == pytest.approx([16, 16, *[235] * 5, 191, 147, 104, 60, 16], abs=2)


def test_words_that_the_film_cuts_off_have_faded_by_its_end(
    paint: PaintMaker, order: OrderMaker
) -> None:
    """Its last frame is without them; those that would come later are not there at all."""
    words = {"s": 0, "d": 60_000, "m": {"text": "M", "size": 200, "fade_out": 500}}
    late = {"s": 5000, "d": 1000, "m": {"text": "late"}}
    clip = {"d": 1000, "src": "u"}
    draft = {"t": [{"tt": 0, "sg": [clip]}, {"tt": 7, "sg": [words, late]}], "d": 1000}

    seen = shown(order(draft, {"u": paint(60)}))

    plain = shown(order({"t": [{"tt": 0, "sg": [clip]}]}, {"u": paint(60)}))[0]
    assert pixels(seen[-1]) == pixels(plain)
    assert mean(seen[4]) > mean(seen[7]) > mean(plain)
