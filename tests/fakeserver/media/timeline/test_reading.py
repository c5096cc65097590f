"""A draft is understood leniently, and what cannot be rendered is refused in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.timeline.lanes import LANES
from nemovideo_fakeserver.media.timeline.line import Timeline
from nemovideo_fakeserver.media.timeline.reading import LONGEST, MOST_SEGMENTS, read

NUMBERS = (
    st.integers(-(10**6), 10**6)
    | st.floats()
    | st.sampled_from([10**400, -(10**400), 1e308, 0, -0.0])
)
JUNK = st.none() | st.booleans() | NUMBERS | st.text(max_size=3) | st.lists(st.none(), max_size=2)
SEGMENTS = JUNK | st.fixed_dictionaries(
    {},
    optional={
        "id": JUNK,
        "s": JUNK,
        "d": JUNK,
        "in": JUNK,
        "src": JUNK | st.just("u"),
        "m": JUNK
        | st.dictionaries(
            st.sampled_from(["volume", "speed", "bpm", "fade_in", "fade_out", "muted"]), JUNK
        ),
    },
)
TRACKS = JUNK | st.fixed_dictionaries(
    {}, optional={"tt": st.sampled_from([0, 1, 7]) | JUNK, "sg": JUNK | st.lists(SEGMENTS)}
)
DRAFTS = st.fixed_dictionaries({}, optional={"t": JUNK | st.lists(TRACKS), "d": JUNK, "m": JUNK})

CLIP = Asset(
    kind="video", filename="u.mp4", url="u", seconds=4.0, width=64, height=48, fps=10.0,
    hash="", source=Path("u.mp4"), origin="uploaded",
)  # fmt: skip


def understood(draft: Mapping[str, Any], fps: int = 10) -> Timeline:
    """Read a draft in which `u` is an uploaded clip of four seconds."""
    return read(
        RenderOrder(draft=dict(draft), media={"u": CLIP}, width=64, height=36, fps=fps, seed=1)
    )


def track(tt: int, *segments: Mapping[str, Any]) -> dict[str, Any]:
    """One track."""
    return {"tt": tt, "sg": list(segments)}


@given(DRAFTS)
def test_any_draft_is_a_film_or_an_error_in_words(draft: dict[str, Any]) -> None:
    """Whatever a client sends, shots cover every frame once, or there is a RenderError."""
    line: Timeline | None
    try:
        line = understood(draft)
    except RenderError as refused:
        line, words = None, str(refused)
    if line is None:
        assert words.startswith("invalid draft: ")
        return

    assert 1 <= line.frames <= LONGEST * 10
    ends = [0, *(shot.first + shot.frames for shot in line.shots)]
    assert [shot.first for shot in line.shots] + [line.frames] == ends
    assert all(shot.frames > 0 and shot.skipped >= 0 for shot in line.shots)
    for lane in line.lanes:
        assert all(before.end <= after.start for before, after in pairwise(lane))
        assert all(clip.seconds > 0 for clip in lane)


@pytest.mark.parametrize(
    ("draft", "frames"),
    [
        ({"t": [track(0, {"s": 0, "d": 3000})], "d": 2500}, 25),
        ({"t": [track(0, {"s": 0, "d": 3000})]}, 30),
        ({"t": [track(0, {"s": 0, "d": 3000})], "d": math.nan}, 30),
        ({"t": [track(0, {"s": 0, "d": 3000})], "d": -5}, 30),
        ({"t": [track(0, {"s": 0, "d": 3000})], "d": "2500"}, 30),
        ({"t": [track(0, {"s": 0, "d": 3000}), track(1, {"s": 0, "d": 9000})]}, 30),
        ({"t": [track(1, {"s": 500, "d": 1000})]}, 15),
        ({"t": [track(7, {"s": 500, "d": 1000})]}, 15),
        ({"t": [track(0, {"src": "u"})]}, 40),
        ({"t": [track(0, {"src": "u", "in": 1000, "m": {"speed": 2}})]}, 15),
        ({"t": [track(0, {"d": 1})]}, 1),
    ],
)
def test_the_length_is_the_drafts_else_the_pictures_else_the_rest(
    draft: dict[str, Any], frames: int
) -> None:
    """A usable `d` wins; without one the picture decides, without picture the last segment."""
    assert understood(draft).frames == frames


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ({}, "no track has a segment"),
        ({"t": []}, "no track has a segment"),
        ({"t": "tracks", "d": 5000}, "no track has a segment"),
        ({"t": [track(0, {"s": 0, "d": -1})]}, "no track has a segment"),
        ({"t": [track(0, {"s": 0, "d": 1e308})]}, "it lasts 1000000 s"),
        ({"t": [track(0, {"s": 0, "d": 1})], "d": math.inf}, "it lasts 1000000 s"),
        ({"t": [track(0, *[{"d": 1}] * (MOST_SEGMENTS + 1))]}, "more than 1000 segments"),
        ({"t": [track(1, {"d": 1})] * 100_000}, "more than 1000 segments"),
    ],
)
def test_what_cannot_be_rendered_is_refused_in_words(draft: dict[str, Any], words: str) -> None:
    """The error names what is wrong with the draft."""
    with pytest.raises(RenderError, match=rf"^invalid draft: .*{words}"):
        understood(draft)


def test_the_first_picture_that_covers_a_frame_is_shown() -> None:
    """A later track fills only what earlier ones leave free; the rest is black."""
    line = understood(
        {
            "t": [
                track(0, {"s": 1000, "d": 1000, "src": "a"}),
                track(0, {"s": 500, "d": 2000, "src": "u"}),
            ],
            "d": 3000,
        }
    )

    shown = [(s.clip and s.clip.asset is CLIP, s.first, s.frames, s.skipped) for s in line.shots]
    assert shown == [
        (None, 0, 5, 0),
        (True, 5, 5, 0),
        (False, 10, 10, 0),
        (True, 20, 5, 15),
        (None, 25, 5, 0),
    ]


def test_sound_without_picture_plays_over_a_card() -> None:
    """An audio-only draft has one shot that is not black."""
    line = understood({"t": [track(1, {"d": 1000})]})

    assert len(line.shots) == 1
    assert line.shots[0].clip is not None


@pytest.mark.parametrize(
    ("tt", "src", "m", "heard"),
    [
        (0, "u", {}, True),
        (0, "u", {"volume": 0}, False),
        (0, "u", {"muted": True}, False),
        (0, "nobody", {}, False),
        (1, "u", {}, True),
        (1, "nobody", {"volume": "loud"}, True),
        (1, "nobody", {"volume": -3}, False),
        (7, "u", {}, False),
    ],
)
def test_who_is_heard(tt: int, src: str, m: dict[str, Any], heard: bool) -> None:
    """Uploaded clips and sound tracks are heard, unless silenced; cards and titles have no sound."""
    line = understood({"t": [track(tt, {"s": 0, "d": 1000, "src": src, "m": m})]})

    assert bool(line.lanes) is heard


def test_too_many_sounds_at_once_are_left_out() -> None:
    """A lane holds sounds one after the other, and there are only so many lanes."""
    line = understood({"t": [track(1, {"s": 0, "d": 500}, {"s": 500, "d": 500})] * 20, "d": 1000})

    assert [len(lane) for lane in line.lanes] == [2] * LANES


def test_a_generated_scene_keeps_its_colour() -> None:
    """The card of a scene is coloured by the scene's own seed, of anything else by order and URL."""
    scene = Asset(
        kind="video", filename="s", url="s", seconds=1, width=64, height=36, fps=10, hash="",
        source=Synthetic(kind="video", seconds=1, label="sea", seed=99), origin="generated",
    )  # fmt: skip
    draft = {"t": [track(0, {"d": 100, "src": "s"}, {"s": 100, "d": 100, "src": "x"})]}

    def seeds(seed: int) -> list[object]:
        order = RenderOrder(draft=draft, media={"s": scene}, width=64, height=36, fps=10, seed=seed)
        return [shot.clip and shot.clip.seed for shot in read(order).shots]

    assert seeds(1)[0] == seeds(2)[0] == 99
    assert seeds(1)[1] != seeds(2)[1]


@given(st.integers(-9, 10**9), st.integers(-9, 10**9), st.integers(-9, 999))
def test_a_canvas_can_always_be_encoded(width: int, height: int, fps: int) -> None:
    """Sides are even and neither tiny nor huge, the rate is a whole number of frames."""
    canvas = Canvas.of(width, height, fps)

    assert canvas.width % 2 == canvas.height % 2 == 0
    assert 16 <= canvas.width <= 4096
    assert 16 <= canvas.height <= 4096
    assert 1 <= canvas.fps <= 60


@given(st.integers(1, 8192), st.integers(1, 8192), st.integers(16, 4096), st.integers(16, 4096))
def test_a_picture_lies_whole_inside_the_canvas(w: int, h: int, width: int, height: int) -> None:
    """Whatever its shape, a picture is neither cut off nor without extent."""
    canvas = Canvas.of(width, height, 30)

    left, top, fitted_width, fitted_height = canvas.fit(w, h)

    assert left % 2 == top % 2 == 0, "colour has half the resolution"
    assert left >= 0
    assert top >= 0
    assert 2 <= fitted_width <= canvas.width - left
    assert 2 <= fitted_height <= canvas.height - top
