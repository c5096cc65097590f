"""Words are seen where, how large and in which colour their caption says, whatever they are."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.lettering import lettered
from nemovideo_fakeserver.media.timeline.captions import PLACES, SIZES, Caption
from support.painted import captioned

COLUMNS = {"left": (0.03, 0.4), "center": (0.3, 0.7), "right": (0.6, 0.97)}
ROWS = {"top": (0.02, 0.3), "center": (0.35, 0.65), "bottom": (0.7, 0.98)}


@pytest.mark.parametrize("place", PLACES)
def test_words_stand_at_their_place(place: str) -> None:
    """Their outline is within the part of the picture that the place names, and nowhere else."""
    row, _, column = place.rpartition("-")
    left, top, right, bottom = captioned("Hejo", place=place).box

    assert COLUMNS[column][0] <= left < right <= COLUMNS[column][1]
    assert ROWS[row or "center"][0] <= top < bottom <= ROWS[row or "center"][1]


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (200, 200), (160, 200)])
def test_long_words_are_wrapped_within_the_margins(size: tuple[int, int]) -> None:
    """On every canvas, English and Chinese keep away from the borders, and take more than one line."""
    for text in ("the quick brown fox jumps over the lazy dog", "敏捷的棕色狐狸跳过了一只懒惰的狗"):
        left, top, right, bottom = captioned(text, size=size, points=96.0).box
        assert min(left, top, 1 - right, 1 - bottom) > 0.02
        assert (bottom - top) * size[1] > 2 * 96 / 720 * min(size)


def test_a_newline_begins_a_line() -> None:
    """Two lines are twice as high."""
    _, top, _, bottom = captioned("one").box
    _, upper, _, lower = captioned("one\ntwo").box

    assert 1.8 < (lower - upper) / (bottom - top) < 3.2


@pytest.mark.parametrize("colour", [(255, 40, 40), (57, 255, 20), (255, 255, 255), (16, 36, 120)])
def test_the_inside_of_the_letters_has_the_colour(colour: tuple[int, int, int]) -> None:
    """The pixels of the colour are many, and their mean is it."""
    picture = captioned("MMM", colour=colour, points=200.0)
    inside = picture.rgb[picture.like(colour)]

    assert len(inside) > 0.2 * picture.changed.sum()
    assert inside.mean(axis=0) == pytest.approx(colour, abs=12)


@pytest.mark.parametrize(("colour", "edge"), [((250, 250, 250), 0), ((10, 10, 60), 255)])
def test_words_have_an_edge_that_tells_them_from_any_ground(
    colour: tuple[int, int, int], edge: int
) -> None:
    """Light words are outlined in the dark, dark words in the light."""
    picture = captioned("MMM", colour=colour, points=200.0)

    assert picture.like((edge,) * 3, 70).sum() > 0.1 * picture.changed.sum()


def test_size_is_measured_along_the_short_side() -> None:
    """Twice the points are twice as high, on either canvas; the share of the short side is the same."""
    heights = [
        (bottom - top) * size[1] / 180
        for size in ((320, 180), (180, 320))
        for points in (60.0, 120.0)
        for _, top, _, bottom in [captioned("H", size=size, points=points).box]
    ]

    assert heights[1] / heights[0] == pytest.approx(2, rel=0.2)
    assert heights[:2] == pytest.approx(heights[2:], rel=0.05)
    assert 0.714 * 120 / 720 < heights[1] < 0.714 * 120 / 720 * 1.5


def test_bold_has_more_ink() -> None:
    """The strokes are wider, at every size that is read."""
    for points in (48.0, 96.0):
        plain, bold = (
            captioned("Hello 海洋", bold=bold, points=points).like((255, 255, 255)).sum()
            for bold in (False, True)
        )
        assert bold > 1.1 * plain


def test_italic_leans_to_the_right() -> None:
    """The upper half of a stem is further right than the lower one, which does not move for upright."""
    leans = []
    for italic in (False, True):
        white = captioned("l", italic=italic, points=200.0).like((255, 255, 255))
        rows = np.flatnonzero(white.any(axis=1))
        upper, lower = (np.flatnonzero(white[row]).mean() for row in (rows[2], rows[-3]))
        leans.append(upper - lower)

    assert leans[0] == pytest.approx(0, abs=0.6)
    assert leans[1] > 4


def test_a_long_text_is_made_smaller_until_it_fits() -> None:
    """A text that is too high at its size is shown whole, in smaller letters."""
    left, top, right, bottom = captioned("many words " * 30, points=200.0).box

    assert min(left, top, 1 - right, 1 - bottom) > 0.02


@pytest.mark.parametrize("text", ["\u200b", "\x07", " \n "])
def test_nothing_to_see_is_nothing_captioned(text: str) -> None:
    """Words without a visible character leave the picture alone."""
    assert not captioned(text).changed.any()


ODD = st.text(st.characters(), max_size=40)
CANVASES = st.sampled_from([Canvas(16, 16, 1), Canvas(96, 16, 1), Canvas(16, 96, 1), Canvas(64, 36, 1)])  # fmt: skip


@given(
    text=ODD, canvas=CANVASES, place=st.sampled_from(PLACES), size=st.floats(*SIZES),
    bold=st.booleans(), italic=st.booleans(),
)  # fmt: skip
def test_any_text_can_be_lettered(
    text: str, canvas: Canvas, place: str, size: float, *, bold: bool, italic: bool
) -> None:
    """Surrogates, controls, other directions: there is an overlay, not much larger than the canvas."""
    caption = Caption(
        text=text, start=0, seconds=1, place=place, size=size, bold=bold, italic=italic
    )
    overlay = lettered(caption, canvas)

    assert overlay.width <= 2 * canvas.width + 16
    assert overlay.height <= 2 * canvas.height + 16


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("a" * 5000),
        "x" * 10_000,
        "海" * 10_000,
        "(" * 10_000,
        "a" + "\u0301" * 9_999,
        "".join(chr(random.Random(n).randrange(0x110000)) for n in range(10_000)),
    ],
    ids=["lines", "word", "hanzi", "brackets", "accents", "anything"],
)
def test_ten_thousand_characters_are_within_the_picture(text: str) -> None:
    """They are cut, not drawn outside, and they do not take for ever."""
    left, top, right, bottom = captioned(text, size=(160, 90)).box

    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1
