"""Colours keep their meaning on the way through a film."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.making import write
from nemovideo_fakeserver.media.film.target import Target
from nemovideo_fakeserver.media.picture.colours import lightness, mixed, ycc
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.picture.planes import planes
from nemovideo_fakeserver.media.timeline.captions import Caption
from nemovideo_fakeserver.media.timeline.colours import Rgb

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@given(colour=COLOURS)
def test_a_colour_is_the_one_that_ffmpeg_makes_of_it(colour: Rgb) -> None:
    """FFmpeg's conversion of a picture of one colour is the oracle, within its rounding."""
    picture = VideoFrame.from_ndarray(np.full((16, 16, 3), colour, np.uint8), format="rgb24")
    expected = [int(plane[4, 4]) for plane in planes(picture.reformat(format="yuv420p"))]

    assert ycc(colour) == pytest.approx(expected, abs=1.5)


@pytest.mark.parametrize("colour", [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)])
def test_words_have_their_colour_in_the_film(colour: Rgb, tmp_path: Path) -> None:
    """Decoded from H.264 in an MP4 and converted as players do, a red title is red."""
    canvas = Canvas(160, 90, 10)
    caption = Caption(text="█■■", start=0, seconds=1, colour=colour, size=300.0)
    black = VideoFrame(160, 90, "yuv420p")
    for plane, value in zip(planes(black), (16, 128, 128), strict=True):
        plane[:] = value
    frame = lettered(caption, canvas).onto(black)
    write(Target(tmp_path / "film.mp4"), canvas, [Passage(2, [frame, frame])], [])

    with av.open(str(tmp_path / "film.mp4")) as film:
        picture = next(film.decode(video=0)).to_ndarray(format="rgb24")
    inside = np.abs(picture.astype(int) - colour).max(axis=-1) <= 24
    assert inside.sum() > 800


def test_lightness_orders_colours_as_eyes_do() -> None:
    """Black is darkest, then blue, red, green and white."""
    colours: list[Rgb] = [(0, 0, 0), (0, 0, 255), (255, 0, 0), (0, 255, 0), (255, 255, 255)]

    assert sorted(colours, key=lightness) == colours
    assert lightness((0, 0, 0)) == 0
    assert lightness((255, 255, 255)) == pytest.approx(1)


@given(one=COLOURS, other=COLOURS, share=st.floats(0, 1))
def test_mixed_colours_lie_between_the_two(one: Rgb, other: Rgb, share: float) -> None:
    """Each part of a mixture is between those it is mixed from."""
    for part, a, b in zip(mixed(one, other, share), one, other, strict=True):
        assert min(a, b) <= part <= max(a, b)
