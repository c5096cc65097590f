from __future__ import annotations

import pytest

from nemovideo_fakeserver.core.plan import Beat, Edit, Plan, Result
from support.conversation import Conversation, operations, spoken, upload


def edits(plan: Plan) -> list[Beat]:
    """The beats that change the draft."""
    return [beat for beat in plan.beats if isinstance(beat.act, Edit)]


@pytest.mark.parametrize(
    ("message", "shown", "seconds", "size"),
    [
        ("make a 10s video of a city timelapse", "city timelapse", 10, (1920, 1080)),
        ("generate an 8 second clip of a dog running in 9:16", "dog running", 8, (1080, 1920)),
        ("create a square video about the ocean, 720p", "ocean", 5, (720, 720)),
        ("a 5 second clip of waves", "waves", 5, (1920, 1080)),
        ("make a vertical video of fireworks for 12 seconds", "fireworks", 12, (1080, 1920)),
        ("make a video of a cat for TikTok", "cat", 5, (1080, 1920)),
        ("make a 99999 second video of rain", "rain", 600, (1920, 1080)),
        ("生成一段10秒的城市延时摄影视频", "城市延时摄影", 10, (1920, 1080)),
        ("生成一段10秒的猫咪视频，竖屏", "猫咪", 10, (1080, 1920)),
        ("帮我生成一个关于大海的15秒视频，1:1", "大海", 15, (1080, 1080)),
        ("生成一段10秒的720p竖屏视频：一只猫在海边", "一只猫在海边", 10, (720, 1280)),
        ("生成一段1080p60帧的视频：日落", "日落", 5, (1920, 1080)),
        ("做一个4K高清30帧每秒的猫咪视频", "猫咪", 5, (1920, 1080)),
        ("generate a 1080p 10 second video of a beach", "beach", 10, (1920, 1080)),
        ("make a 1080p60 full HD beach video", "beach", 5, (1920, 1080)),
        ("make a 4K 60 fps video of a dog at 24 frames per second", "dog", 5, (1920, 1080)),
    ],
)
def test_a_video_is_generated(
    message: str, shown: str, seconds: int, size: tuple[int, int]
) -> None:
    """Subject, length and shape come from the message."""
    talk = Conversation()

    plan = talk.say(message)

    (segment,) = talk.pictures
    film = talk.generated[0]
    assert plan.kind == "generate"
    assert (segment["m"]["name"], segment["d"]) == (shown, seconds * 1_000)
    assert (film.width, film.height, film.seconds) == (*size, seconds)
    assert (talk.draft["m"]["width"], talk.draft["m"]["height"]) == size
    assert segment["src"] == film.url


def test_music_and_a_title_follow_unasked() -> None:
    """The raw video comes first; music and a title are added long after it."""
    talk = Conversation()

    plan = talk.say("make a 10s video of a city timelapse")

    assert operations(plan) == ["generate_video", "add_bgm", "add_text"]
    assert (
        next(b.act.name for b in plan.beats if isinstance(b.act, Result))
        == "generate_video_with_seedance"
    )
    assert talk.times(talk.music) == [(0, 10_000)]
    assert talk.title["text"] == "City Timelapse"
    first, *_, last = edits(plan)
    assert last.at - first.at > 10


def test_what_was_asked_for_is_not_added_twice() -> None:
    """Music and a title of the user's own take the place of the unasked ones."""
    talk = Conversation()

    talk.say(
        "make a 10s video of a city timelapse with lo-fi music at 35% and a title 'Urban Dreams' in neon blue"
    )

    assert (talk.sound["genre"], talk.sound["volume"]) == ("lo-fi", 35)
    assert (talk.title["text"], talk.title["color"]) == ("Urban Dreams", "neon blue")


def test_music_can_be_declined() -> None:
    """Who says `no music` and `no title` gets the raw video."""
    talk = Conversation()

    plan = talk.say("make a 10s video of a cat without music and without title")

    assert operations(plan) == ["generate_video"]


@pytest.mark.parametrize("message", ["make a video", "generate a 10 second video", "生成一个视频"])
def test_a_video_of_nothing_is_asked_about(message: str) -> None:
    """Without a subject no credits are spent."""
    talk = Conversation()

    answer = talk.say(message)

    assert answer.kind == "text"
    assert "?" in spoken(answer) or "？" in spoken(answer)


def test_a_second_video_comes_behind_the_first() -> None:
    """Generating again appends and keeps the canvas."""
    talk = Conversation()

    talk.say("make a 10s video of a cat", "make a 5s video of a dog in 9:16")

    assert talk.times(talk.pictures) == [(0, 10_000), (10_000, 5_000)]
    assert talk.draft["m"]["width"] == 1920


@pytest.mark.parametrize(
    "message",
    [
        "change the aspect ratio to 9:16",
        "make it vertical",
        "crop to 9:16",
        "改成竖屏",
        "把视频改成9:16",
    ],
)
def test_the_shape_of_a_finished_video_stays(message: str) -> None:
    """Another aspect ratio needs a regeneration; the agent offers it and changes nothing."""
    talk = Conversation()
    talk.say("make a 10s video of a cat")
    before = talk.draft

    answer = talk.say(message)

    assert answer.kind == "text"
    assert "9:16" in spoken(answer)
    assert talk.draft == before


@pytest.mark.parametrize(
    "message",
    [
        "regenerate in 9:16",
        "change the aspect ratio to 9:16 and regenerate",
        "redo the video in 9:16",
        "改成9:16，重新生成",
    ],
)
def test_a_regeneration_takes_another_shape(message: str) -> None:
    """Regenerated, the video has the ratio asked for and the canvas with it."""
    talk = Conversation()

    plan = talk.say("make a 10s video of a cat", message)

    assert plan.kind == "generate"
    assert (talk.draft["m"]["width"], talk.draft["m"]["height"]) == (1080, 1920)
    assert talk.pictures[0]["src"] == talk.generated[-1].url


@pytest.mark.parametrize("message", ["regenerate", "redo", "try again", "重新生成", "再来一个"])
def test_another_take_stands_where_the_old_one_stood(message: str) -> None:
    """A new take keeps segment, subject and length."""
    talk = Conversation()
    talk.say("make a 10s video of a cat")
    before = talk.pictures[0]

    talk.say(message)

    after = talk.pictures[0]
    assert (after["id"], after["d"], after["m"]["name"]) == (
        before["id"],
        before["d"],
        before["m"]["name"],
    )
    assert after["src"] != before["src"]


def test_music_is_taken_again_by_name_or_when_alone() -> None:
    """`Regenerate the music`, or `again` where there is only music, composes the same brief anew."""
    talk = Conversation()

    named = talk.say("add jazz at 100 bpm", "regenerate the music")
    alone = talk.say("again")

    assert operations(named) == operations(alone) == ["regenerate_bgm"]
    assert talk.sound["bpm"] == 100
    assert len({track.url for track in talk.generated}) == 3


def test_an_uploaded_clip_cannot_be_taken_again() -> None:
    """Only what was generated can be regenerated."""
    talk = Conversation(upload("a.mp4"))

    answer = talk.say("put my clip on the timeline", "regenerate")

    assert answer.kind == "text"
