"""An overlay covers what is under it as far as it is opaque, where it lies, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from av.video.frame import VideoFrame
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from nemovideo_fakeserver.media.picture.colours import ycc
from nemovideo_fakeserver.media.picture.overlay import Overlay
from nemovideo_fakeserver.media.picture.planes import planes
from support.painted import grey

WIDTH, HEIGHT = 24, 16
PLACES = st.integers(-20, 30)
PICTURES = arrays(
    np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(4)), elements=st.integers(0, 255)
)  # fmt: skip


def noise(seed: int) -> VideoFrame:
    """A frame in which every pixel is its own."""
    frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
    for plane in planes(frame):
        plane[:] = np.random.default_rng(seed).integers(16, 236, plane.shape)
    return frame


def luma(frame: VideoFrame) -> NDArray[Any]:
    """The brightness of each pixel."""
    return planes(frame)[0].astype(int)


@given(rgba=PICTURES, left=PLACES, top=PLACES, strength=st.floats(0, 1))
def test_every_pixel_is_the_mixture_of_both(
    rgba: NDArray[np.uint8], left: int, top: int, strength: float
) -> None:
    """The luma, pixel by pixel, is what the definition of opacity says; outside nothing has changed."""
    frame = noise(1)
    expected, covered = luma(frame).astype(float), np.zeros((HEIGHT, WIDTH), bool)
    for y, x in np.ndindex(rgba.shape[:2]):
        if 0 <= y + top < HEIGHT and 0 <= x + left < WIDTH:
            share = rgba[y, x, 3] / 255 * strength
            covered[y + top, x + left] = share > 0
            under = expected[y + top, x + left]
            expected[y + top, x + left] = under + share * (ycc(rgba[y, x, :3])[0] - under)

    painted = Overlay.of(rgba, left, top).onto(frame, strength)

    assert np.abs(luma(painted) - expected).max() <= 3
    assert (luma(painted) == luma(frame))[~covered].all()


def test_an_opaque_pixel_hides_all_and_full_strength_is_the_default() -> None:
    """White at full strength is white, at none it is not there."""
    white = Overlay.of(np.full((4, 6, 4), 255), left=2, top=4)

    assert (luma(white.onto(grey(16, 16)))[4:8, 2:8] == 235).all()
    assert (luma(white.onto(grey(16, 16), 0)) == luma(grey(16, 16))).all()


def test_chroma_is_that_of_the_opaque_pixels_alone() -> None:
    """Where one of four pixels is red, the colour that they share is a quarter red, and not half black."""
    rgba = np.zeros((2, 2, 4), np.uint8)
    rgba[0, 0] = (255, 0, 0, 255)

    _, blue, red = planes(Overlay.of(rgba).onto(grey(4, 4)))

    _, full_blue, full_red = ycc((255, 0, 0))
    assert blue[0, 0] == pytest.approx(128 + (full_blue - 128) / 4, abs=1)
    assert red[0, 0] == pytest.approx(128 + (full_red - 128) / 4, abs=1)


def test_onto_leaves_the_frame_and_paint_changes_it() -> None:
    """One frame may be under many overlays."""
    white, frame = Overlay.of(np.full((4, 4, 4), 255)), grey(16, 16)

    white.onto(frame)
    assert (luma(frame) == luma(grey(16, 16))).all()
    white.paint(frame)
    assert luma(frame).max() == 235


@given(rgba=PICTURES, left=PLACES, top=PLACES)
def test_places_and_sizes_are_even(rgba: NDArray[np.uint8], left: int, top: int) -> None:
    """Chroma has half as many pixels, so an overlay begins and ends where one of them does."""
    overlay = Overlay.of(rgba, left, top)

    assert not any(n % 2 for n in (overlay.left, overlay.top, overlay.width, overlay.height))
    assert overlay.left <= left
    assert overlay.left + overlay.width >= left + rgba.shape[1]
