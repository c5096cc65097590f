"""Words bring their colours, in both languages, and every ground is dark under light words."""

from __future__ import annotations

from colorsys import rgb_to_hls

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.media.picture.colours import lightness
from nemovideo_fakeserver.media.picture.palette import INK, palette
from nemovideo_fakeserver.media.timeline.colours import Rgb


def hue(colour: Rgb) -> float:
    """Degrees: 0 is red, 120 green, 240 blue."""
    return 360 * rgb_to_hls(*(part / 255 for part in colour))[0]


@pytest.mark.parametrize(
    ("subjects", "low", "high"),
    [
        (("the ocean", "waves at sea", "大海", "湖边", "Rain"), 190, 230),
        (("a forest", "green tea", "竹林小径"), 120, 170),
        (("neon lights", "霓虹灯", "purple"), 260, 290),
        (("a starry night", "夜空", "galaxy"), 215, 245),
        (("desert dunes", "沙漠", "yellow"), 15, 40),
        (("coffee", "a bakery", "咖啡馆"), 15, 40),
        (("campfire", "火山", "red"), 0, 15),
        (("cherry blossom", "樱花", "pink"), 310, 345),
        (("snow", "雪景"), 195, 220),
        (("sunset", "日落", "orange"), 0, 20),
    ],
)
def test_words_bring_their_ground(subjects: tuple[str, ...], low: int, high: int) -> None:
    """The full colour of the ground has the hue that people expect."""
    for subject in subjects:
        assert low <= hue(palette(subject).full) <= high, subject


@pytest.mark.parametrize(
    "subject", ["ocean sunset drone shot", "sunset over the ocean", "海上日落"]
)
def test_a_low_sun_lends_its_light_to_the_ground_it_shines_on(subject: str) -> None:
    """The sea stays blue, the light is orange."""
    assert 190 <= hue(palette(subject).full) <= 230
    assert 15 <= hue(palette(subject).glow) <= 45


def test_the_first_theme_decides() -> None:
    """A coffee in the rain is brown, rain on a coffee shop blue."""
    assert palette("coffee in the rain").full == palette("coffee").full
    assert palette("rain on a coffee shop").full == palette("rain").full


def test_english_words_count_as_wholes() -> None:
    """No sea is in `research`, no tea in a `team`."""
    assert palette("research in chelsea") != palette("sea")
    assert palette("a team") != palette("tea")


def test_the_same_words_have_the_same_colours_and_others_have_others() -> None:
    """A subject that names no colour has one of its own."""
    drawn = {palette(f"quarterly report {n}") for n in range(20)}

    assert palette("Quarterly report") == palette(" quarterly report ")
    assert len(drawn) > 15


@given(subject=st.text() | st.text(st.sampled_from("海山雪火red snow gold"), max_size=12))
def test_every_ground_is_dark_under_the_words_and_the_lights_are_lighter(subject: str) -> None:
    """Whatever the subject, the words differ from the ground by half of all lightness, and the sun shines."""
    colours = palette(subject)

    assert lightness(colours.deep) < lightness(colours.full) < lightness(colours.glow)
    assert lightness(colours.spark) > lightness(colours.full)
    assert lightness(INK) - lightness(colours.full) > 0.4
