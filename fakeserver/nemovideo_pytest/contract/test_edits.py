"""Edits that are asked for in words, English or Chinese, and stand in the draft afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.contract.basis import costs, rests_on
from nemovideo_pytest.contract.replies import data
from nemovideo_pytest.contract.samples import sample
from nemovideo_pytest.contract.visitor import Visitor

LAY = "put my clip on the timeline"
VIDEO, AUDIO, TEXT = 0, 1, 7


@pytest.fixture
def clip(visitor: Visitor) -> Visitor:
    """A visitor with a film of four seconds, uploaded and not yet on the timeline."""
    data(visitor.upload(("beach.mp4", sample("mp4"))))
    return visitor


@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_a_clip_is_laid_on_the_timeline(clip: Visitor) -> None:
    """A video track with one segment, which is the upload in its full length, in milliseconds."""
    clip.say(LAY)
    state = clip.state()
    (track,) = state["draft"]["t"]
    (segment,) = track["sg"]

    assert track["tt"] == VIDEO
    assert (segment["s"], segment["d"]) == (0, 4000)
    assert segment["src"] == state["video_infos"][0]["cdn_url"]
    assert segment["m"]["name"] == "beach.mp4"
    assert state["draft"]["d"] == 4000


TITLES: dict[str, tuple[str, dict[str, Any]]] = {
    "colour and place": (
        'Add the title "Paradise Found", white, top-center',
        {"text": "Paradise Found", "color": "white", "position": "top-center"},
    ),
    "size": ('add a title "Beach", red 32pt', {"text": "Beach", "color": "red", "size": 32}),
    "fade": ('add a title "Beach" with a 1s fade-in', {"text": "Beach", "fade_in": 1000}),
    "Chinese": ("添加标题“夏日时光”，红色", {"text": "夏日时光", "color": "red"}),
    "Chinese place": ("添加标题「东京」，左上角", {"text": "东京", "position": "top-left"}),
}


@pytest.mark.parametrize(("message", "looks"), TITLES.values(), ids=TITLES)
@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_a_title_has_the_words_and_the_looks(
    clip: Visitor, message: str, looks: dict[str, Any]
) -> None:
    """On a text track, from the start, for three seconds unless said otherwise."""
    clip.say(message)
    (title,) = clip.segments(TEXT)

    assert looks.items() <= title["m"].items()
    assert (title["s"], title["d"]) == (0, 3000)


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("add a title 'X' for 2 seconds", (0, 2000)),
        ("add a title 'X' from 1s to 3s", (1000, 2000)),
        ("在第1秒加标题“X”，持续2秒", (1000, 2000)),
    ],
    ids=["length", "span", "Chinese"],
)
@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_a_title_stands_when_it_is_asked_to(
    clip: Visitor, message: str, times: tuple[int, int]
) -> None:
    """Start and length are in milliseconds."""
    clip.say(message)
    (title,) = clip.segments(TEXT)

    assert (title["s"], title["d"]) == times


CUTS: dict[str, tuple[str, list[tuple[int, int, int]]]] = {
    "to the first": ("trim to first 3 seconds", [(0, 3000, 0)]),
    "the first away": ("trim the first 1 seconds", [(0, 3000, 1000)]),
    "the last away": ("cut the last 1 seconds", [(0, 3000, 0)]),
    "out of the middle": ("cut out 1s to 2s", [(0, 1000, 0), (1000, 2000, 2000)]),
    "Chinese": ("剪到前3秒", [(0, 3000, 0)]),
    "Chinese, the last away": ("剪掉最后1秒", [(0, 3000, 0)]),
}


@pytest.mark.parametrize(("message", "pieces"), CUTS.values(), ids=CUTS)
@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_a_film_is_cut(clip: Visitor, message: str, pieces: list[tuple[int, int, int]]) -> None:
    """What remains closes up, and remembers where in its source it begins."""
    clip.say(LAY)
    clip.say(message)

    assert [(s["s"], s["d"], s["in"]) for s in clip.segments(VIDEO)] == pieces
    assert clip.draft()["d"] == 3000


@pytest.mark.parametrize(
    ("message", "speed", "length"),
    [("speed up the video 2x", 2, 2000), ("slow motion", 0.5, 8000), ("2倍速", 2, 2000)],
)
@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_a_film_is_sped_up_or_slowed(
    clip: Visitor, message: str, speed: float, length: int
) -> None:
    """Its length follows."""
    clip.say(LAY)
    clip.say(message)
    (segment,) = clip.segments(VIDEO)

    assert (segment["m"]["speed"], segment["d"]) == (speed, length)


@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_a_film_is_split(clip: Visitor) -> None:
    """Two segments play what one played; ids differ."""
    clip.say(LAY)
    clip.say("split at 3 seconds")
    pieces = clip.segments(VIDEO)

    assert [(s["s"], s["d"], s["in"]) for s in pieces] == [(0, 3000, 0), (3000, 1000, 3000)]
    assert len({s["id"] for s in pieces}) == 2


@pytest.mark.parametrize("message", ["remove the music", "删除音乐"])
@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_music_is_removed(clip: Visitor, message: str) -> None:
    """Its track goes with it, the picture stays."""
    clip.say(f"{LAY} and add lo-fi")
    assert len(clip.segments(AUDIO)) == 1
    clip.say(message)

    assert clip.segments(AUDIO) == []
    assert [track["tt"] for track in clip.draft()["t"]] == [VIDEO]


@pytest.mark.parametrize("message", ["change the title to 'Bye'", "把标题改成“Bye”"])
@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_a_title_changes_and_stays_itself(clip: Visitor, message: str) -> None:
    """The segment keeps its id, its looks and its times."""
    clip.say("add a title 'Hello', red, top-left, for 2 seconds")
    (before,) = clip.segments(TEXT)
    clip.say(message)

    assert clip.segments(TEXT) == [{**before, "m": {**before["m"], "text": "Bye"}}]


@pytest.mark.parametrize(
    ("message", "name"),
    [("make a 4 second video of a cat", "cat"), ("生成一段4秒的猫咪视频", "猫咪")],
)
@costs(100)
@rests_on("draft keys", "media descriptions", "two stages")
def test_a_video_is_generated(visitor: Visitor, message: str, name: str) -> None:
    """As long as asked, on the timeline and among what was generated; the music is as long as it."""
    visitor.say(message)
    state = visitor.state()
    (shown,), (music,) = visitor.segments(VIDEO), visitor.segments(AUDIO)
    film = next(made for made in state["generated_media"] if made["file_type"] == "video")

    assert (shown["s"], shown["d"], shown["src"]) == (0, 4000, film["cdn_url"])
    assert shown["m"]["name"] == name
    assert (film["duration"], film["width"], film["height"]) == (4.0, 1920, 1080)
    assert (music["s"], music["d"]) == (0, 4000)
    assert state["draft"]["d"] == 4000


@costs(100)
@rests_on("canvas and analyses", "draft keys", "aspect ratio")
def test_a_video_is_generated_in_the_shape_that_is_asked_for(visitor: Visitor) -> None:
    """The canvas follows it."""
    visitor.say("generate an 4 second clip of a dog running in 9:16")
    state = visitor.state()

    assert state["canvas_config"] == {"width": 1080, "height": 1920, "aspect_ratio": "9:16"}
    assert (state["draft"]["m"]["width"], state["draft"]["m"]["height"]) == (1080, 1920)


@costs(50)
@rests_on("draft keys")
def test_a_draft_keeps_its_form(clip: Visitor) -> None:
    """Tracks with a known type and segments, whole milliseconds, ids used once, sources that exist."""
    clip.say(f"{LAY}, add lo-fi at 35% and a title 'Urban Dreams' in neon blue")
    state = clip.state()
    draft = state["draft"]
    segments = [segment for track in draft["t"] for segment in track["sg"]]
    known = {a["cdn_url"] for a in (*state["video_infos"], *state["generated_media"])}

    assert {track["tt"] for track in draft["t"]} == {VIDEO, AUDIO, TEXT}
    assert all(track["sg"] for track in draft["t"])
    assert all(type(s[key]) is int for s in segments for key in ("s", "d"))
    assert len({s["id"] for s in segments}) == len(segments) == 3
    assert {s["src"] for s in segments if "src" in s} == known
    assert {"title", "width", "height"} <= set(draft["m"])
    assert draft["d"] == max(s["s"] + s["d"] for s in segments)


@pytest.mark.parametrize("message", ["flurb the wobble", "嗯嗯嗯"])
@rests_on("prices", "POST /run_sse")
def test_what_is_not_understood_is_asked_about(visitor: Visitor, message: str) -> None:
    """In words; nothing is called, made or paid."""
    before = visitor.state(), visitor.credits()
    heard = visitor.say(message)

    assert heard.texts
    assert set(heard.kinds) == {"text"}
    assert (visitor.state(), visitor.credits()) == before


@rests_on("GET /api/state/nemo_agent/{user}/{session}/latest", "two stages")
@costs(100)
def test_generated_media_have_their_address(visitor: Visitor) -> None:
    """Everything that was made is described as an upload is, and has a URL of its own."""
    visitor.say("make a 4 second video of a cat")
    made = visitor.state()["generated_media"]

    assert {one["file_type"] for one in made} == {"video", "audio"}
    assert len({one["cdn_url"] for one in made}) == len(made)
    assert all(one["cdn_url"].startswith("http") for one in made)


@costs(50)
@rests_on("draft keys")
def test_the_picture_decides_how_long_a_draft_is(clip: Visitor) -> None:
    """Music that goes on is heard as long as there is something to see."""
    clip.say(f"{LAY} and add 10 seconds of lo-fi")

    assert clip.segments(AUDIO)[0]["d"] == 10_000
    assert clip.draft()["d"] == 4000


@costs(50)
@rests_on("draft keys")
def test_titles_share_a_track_where_they_can(clip: Visitor) -> None:
    """One after the other on one track, in order of time; at once on two."""
    clip.say("add a title 'B' at 2 seconds for 1 second")
    clip.say("add another title 'A' at 0 seconds for 1 second")
    (track,) = [track for track in clip.draft()["t"] if track["tt"] == TEXT]
    clip.say("add another title 'C' from 0s to 1s")

    assert [segment["m"]["text"] for segment in track["sg"]] == ["A", "B"]
    assert [track["tt"] for track in clip.draft()["t"]].count(TEXT) == 2
