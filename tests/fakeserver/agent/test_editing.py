"""Timing, pace and looks of the picture."""

from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload


def edited(*messages: str) -> Conversation:
    """A clip of 20 seconds with music, after some messages."""
    talk = Conversation(upload("a.mp4", seconds=20))
    talk.say("add lo-fi", *messages)
    return talk


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("trim to first 5 seconds", [(0, 5_000)]),
        ("trim the video to 5 seconds", [(0, 5_000)]),
        ("keep only the last 4 seconds", [(16_000, 4_000)]),
        ("trim the first 2 seconds", [(2_000, 18_000)]),
        ("cut the last 3 seconds", [(0, 17_000)]),
        ("cut out 2s to 5s", [(0, 2_000), (5_000, 15_000)]),
        ("remove from 0:02 to 0:05", [(0, 2_000), (5_000, 15_000)]),
        ("trim the clip from 2s to 8s", [(2_000, 6_000)]),
        ("get rid of everything after 10 seconds", [(0, 10_000)]),
        ("remove everything before 5 seconds", [(5_000, 15_000)]),
        ("make it 6 seconds", [(0, 6_000)]),
        ("trim to 0 seconds", [(0, 1_000)]),
        ("剪到前5秒", [(0, 5_000)]),
        ("剪掉最后3秒", [(0, 17_000)]),
        ("剪掉开头2秒", [(2_000, 18_000)]),
        ("保留前10秒", [(0, 10_000)]),
        ("删掉第2秒到第5秒", [(0, 2_000), (5_000, 15_000)]),
    ],
)
def test_the_picture_is_cut(message: str, kept: list[tuple[int, int]]) -> None:
    """What is kept of the source is what the words say; the pieces close up and music ends with them."""
    talk = edited(message)

    total = sum(length for _, length in kept)
    assert [(s["in"], s["d"]) for s in talk.pictures] == kept
    assert talk.draft["d"] == total
    assert talk.times(talk.music) == [(0, total)]


@pytest.mark.parametrize(
    "message", ["cut the first 30 seconds", "trim to 99999 seconds", "cut out 25s to 30s"]
)
def test_a_cut_that_makes_no_sense_is_refused(message: str) -> None:
    """Nothing is cut where nothing would be left, or nothing would go."""
    talk = edited()

    answer = talk.say(message)

    assert answer.kind == "text"
    assert "20s" in spoken(answer)


def test_titles_move_with_the_picture() -> None:
    """A title after the cut moves up, one inside the cut goes."""
    talk = edited(
        "add a title 'A' at 3 seconds for 1 second", "add another title 'B' at 10 seconds"
    )

    talk.say("cut out 2s to 5s")

    assert [(s["m"]["text"], s["s"], s["d"]) for s in talk.texts] == [("B", 7_000, 3_000)]


@pytest.mark.parametrize("message", ["split at 8 seconds", "在第8秒处分割"])
def test_a_clip_is_split(message: str) -> None:
    """Two segments play what one played."""
    talk = edited(message)

    assert [(s["s"], s["d"], s["in"]) for s in talk.pictures] == [
        (0, 8_000, 0),
        (8_000, 12_000, 8_000),
    ]


def test_halves_need_no_number() -> None:
    """A clip is split in the middle when nothing else is said."""
    talk = edited("split the clip in half")

    assert talk.times(talk.pictures) == [(0, 10_000), (10_000, 10_000)]


@pytest.mark.parametrize(
    ("message", "speed"),
    [
        ("speed up the video 2x", 2.0),
        ("play it at double speed", 2.0),
        ("slow motion", 0.5),
        ("slow motion 0.25x", 0.25),
        ("make the video faster", 1.5),
        ("set the video speed to 150%", 1.5),
        ("make the video 99x faster", 4.0),
        ("2倍速", 2.0),
        ("慢动作", 0.5),
    ],
)
def test_the_pace_changes(message: str, speed: float) -> None:
    """Speed is a factor within limits; the length follows it."""
    talk = edited(message)

    assert talk.pictures[0]["m"]["speed"] == speed
    assert talk.pictures[0]["d"] == round(20_000 / speed)
    assert talk.music[0]["m"]["bpm"] == 76


def test_a_cut_in_fast_film_counts_the_source() -> None:
    """Two seconds cut from film at double speed skip four seconds of the source."""
    talk = edited("speed up the video 2x", "trim the first 2 seconds")

    assert talk.pictures[0]["in"] == 4_000


@pytest.mark.parametrize(
    ("message", "look"),
    [
        ("make the video brighter", {"brightness": 15}),
        ("make the picture much darker", {"brightness": -30}),
        ("increase the contrast by 20%", {"contrast": 20}),
        ("set the saturation to 999%", {"saturation": 100}),
        ("make the colors warmer", {"temperature": 15}),
        ("adjust colors", {"brightness": 5, "contrast": 10, "saturation": 10}),
        ("make the video black and white", {"filter": "black and white"}),
        ("fade the video in over 2 seconds", {"fade_in": 2_000}),
        ("add a fade in and a fade out", {"fade_in": 1_000, "fade_out": 1_000}),
        ("提高亮度10%", {"brightness": 10}),
        ("调整色彩", {"contrast": 10}),
        ("视频淡入2秒", {"fade_in": 2_000}),
    ],
)
def test_the_look_changes(message: str, look: dict[str, object]) -> None:
    """Adjustments, filters and fades are kept with the clip."""
    talk = edited()

    plan = talk.say(message)

    assert operations(plan) == ["adjust_look"]
    assert look.items() <= talk.pictures[0]["m"].items()


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("trim the second clip to 2 seconds", [20_000, 2_000]),
        ("cut the last 4 seconds of b.mp4", [20_000, 6_000]),
    ],
)
def test_a_named_clip_is_cut_alone(message: str, left: list[int]) -> None:
    """Times count within the clip that is named."""
    talk = Conversation(upload("a.mp4", seconds=20), upload("b.mp4", seconds=10))

    talk.say("put my clips on the timeline", message)

    assert [s["d"] for s in talk.pictures] == left


@pytest.mark.parametrize(
    "message", ["slow motion", "make the video brighter", "split at 3 seconds"]
)
def test_nothing_shown_is_nothing_to_edit(message: str) -> None:
    """Without a picture the agent says so."""
    talk = Conversation()

    answer = talk.say(message)

    assert answer.kind == "text"
    assert "no video" in spoken(answer)


def test_a_slower_clip_pushes_the_next_one() -> None:
    """What follows a clip of another speed moves."""
    talk = Conversation(upload("a.mp4", seconds=20), upload("b.mp4", seconds=10))

    talk.say(
        "put my clips on the timeline",
        "play the first clip at normal speed",
        "slow down a.mp4 to 50% speed",
    )

    assert talk.times(talk.pictures) == [(0, 40_000), (40_000, 10_000)]


def test_a_split_outside_the_film_is_refused() -> None:
    """There is nothing to split beyond the end."""
    talk = edited()

    answer = talk.say("split at 50 seconds")

    assert answer.kind == "text"
