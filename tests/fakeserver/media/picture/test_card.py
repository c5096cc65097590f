"""A card shows its subject in fitting colours, moves gently, and begins again without a seam."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture.card import SECONDS, Card
from nemovideo_fakeserver.media.picture.planes import planes
from support.painted import rgb

CANVAS = Canvas(160, 90, 10)


def first(subject: str, scene: int | None = None, canvas: Canvas = CANVAS) -> NDArray[Any]:
    """The first picture of a card, always laid out in the same way."""
    return rgb(next(Card(canvas, subject, scene, 5).frames(0)))


def words(subject: str, scene: int | None, canvas: Canvas = CANVAS) -> NDArray[np.bool_]:
    """Where nearly white words are, in the part of the picture for them."""
    lower = first(subject, scene, canvas)
    lower[: canvas.height // 3] = 0
    return np.asarray(lower.min(axis=-1) > 200)


@pytest.mark.parametrize("subject", ["ocean sunset drone shot", "霓虹城市夜景", "snowy mountains"])
def test_the_loop_has_no_seam(subject: str) -> None:
    """The picture after the last is the first, and the step to it is one like all others."""
    card = Card(CANVAS, subject, 1, 3)
    frames = [rgb(frame) for frame in islice(card.frames(0), card.loop + 1)]
    steps = [np.abs(b - a).mean() for a, b in pairwise(frames)]

    assert card.loop == SECONDS * CANVAS.fps
    assert (frames[-1] == frames[0]).all()
    assert 0 < steps[-1] <= 1.5 * max(steps[:-1])
    assert max(steps) < 1


def test_a_card_can_be_entered_at_any_frame() -> None:
    """The frames from the 37th on are those of a later turn as well."""
    card = Card(CANVAS, "tea", 1, 3)
    whole = list(islice(card.frames(0), 40))

    assert (rgb(next(card.frames(37))) == rgb(whole[37])).all()
    assert (rgb(next(card.frames(37 + 5 * card.loop))) == rgb(whole[37])).all()


@pytest.mark.parametrize(("subject", "part"), [("the ocean", 2), ("深海", 2), ("a volcano", 0), ("森林", 1)])  # fmt: skip
def test_a_card_has_the_colour_of_its_subject(subject: str, part: int) -> None:
    """Red, green or blue is the most of it."""
    assert first(subject).mean(axis=(0, 1)).argmax() == part


@pytest.mark.parametrize("size", [(160, 90), (90, 160), (120, 120), (96, 120)])
def test_the_subject_stands_in_the_lower_part(size: tuple[int, int]) -> None:
    """Its letters are there with it, and not without; below it is room for subtitles."""
    canvas = Canvas(*size, 10)
    rows, columns = np.nonzero(words("Tea time", None, canvas))

    assert len(rows) > 40
    assert not words("", None, canvas).any()
    assert rows.max() < 0.88 * canvas.height
    assert canvas.width / 16 < columns.min()
    assert columns.max() < canvas.width * 15 / 16


def test_the_scene_is_numbered_in_the_language_of_the_subject() -> None:
    """Another number changes the end of the label, and two hanzi are narrower than `Scene`."""
    canvas = Canvas(480, 270, 10)

    def label(subject: str, *scenes: int | None) -> NDArray[Any]:
        one, other = (first(subject, scene, canvas) for scene in scenes)
        return np.flatnonzero((np.abs(one - other).max(axis=-1) > 60).any(axis=0))

    for subject in ("Tea time", "茶"):
        assert label(subject, None, 1).min() + 10 < label(subject, 1, 2).min()
    assert np.ptp(label("Tea time", None, 1)) > 1.2 * np.ptp(label("茶", None, 1)) > 24


def test_the_seed_lays_out_the_picture() -> None:
    """The same seed draws the same picture, another one another."""
    one, again, other = (rgb(next(Card(CANVAS, "tea", 1, seed).frames(0))) for seed in (3, 3, 4))

    assert (one == again).all()
    assert np.abs(one - other).mean() > 1


def test_frames_belong_to_whoever_takes_them() -> None:
    """Painting on one leaves the next alone."""
    frames = Card(CANVAS, "tea", 1, 3).frames(0)
    luma, *_ = planes(next(frames))
    luma[:] = 16

    assert planes(next(frames))[0].max() > 100


@given(
    subject=st.text(st.characters(), max_size=30), scene=st.none() | st.integers(1, 10**6),
    size=st.sampled_from([(16, 16), (16, 64), (64, 16), (18, 22), (64, 36)]),
)  # fmt: skip
def test_any_subject_has_a_card_on_any_canvas(
    subject: str, scene: int | None, size: tuple[int, int]
) -> None:
    """The frames are of the canvas's size and of the format that the encoder takes."""
    for frame in islice(Card(Canvas(*size, 2), subject, scene, 1).frames(3), 2):
        assert (frame.width, frame.height, frame.format.name) == (*size, "yuv420p")


def test_a_card_fills_a_full_canvas() -> None:
    """At 1080p the picture reaches every corner."""
    picture = planes(next(Card(Canvas(1920, 1080, 30), "beach", 1, 2).frames(0)))[0]

    assert picture.shape == (1080, 1920)
    assert all(picture[y, x] > 16 for y in (0, -1) for x in (0, -1))
