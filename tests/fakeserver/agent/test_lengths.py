from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

CLIP, SECOND = upload("a.mp4", seconds=20), upload("b.mp4", seconds=10)
PHOTO = upload("p.jpg", "image")


def part(talk: Conversation) -> tuple[int, int]:
    """Where the only clip starts in its file and how long it plays, in milliseconds."""
    (segment,) = talk.pictures
    return segment["in"], segment["d"]


@pytest.mark.parametrize(
    "message",
    [
        "trim to the first 5 seconds",
        "keep only the first 5 seconds",
        "first 5 seconds only",
        "just the first 5 seconds please",
        "I only want the first 5 secs",
        "前5秒",
        "只保留前5秒",
        "剪到前五秒",
    ],
)
def test_the_first_seconds_are_kept(message: str) -> None:
    """`to`, `keep` and a bare stretch of time name what stays."""
    talk = Conversation(CLIP)

    talk.say(message)

    assert part(talk) == (0, 5_000)


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("trim the first second", (1_000, 19_000)),
        ("trim to the first second", (0, 1_000)),
        ("cut the first 3 seconds", (3_000, 17_000)),
        ("剪掉前3秒", (3_000, 17_000)),
        ("trim the start by 2 seconds", (2_000, 18_000)),
        ("结尾剪掉2秒", (0, 18_000)),
        ("trim 1 second from both ends", (1_000, 18_000)),
        ("remove the first 2 seconds and the last 3 seconds", (2_000, 15_000)),
        ("last 4 seconds", (16_000, 4_000)),
        ("keep the second half", (10_000, 10_000)),
        ("从第2秒剪到第8秒", (2_000, 6_000)),
    ],
)
def test_a_verb_of_removing_names_what_goes(message: str, kept: tuple[int, int]) -> None:
    """Removing takes what is named, at either end or at both."""
    talk = Conversation(CLIP)

    talk.say(message)

    assert part(talk) == kept


@pytest.mark.parametrize(
    ("message", "length"),
    [
        ("make it 5 seconds shorter", 15_000),
        ("shorten the video by 5 seconds", 15_000),
        ("缩短5秒", 15_000),
        ("shorten it to 5 seconds", 5_000),
        ("缩短到5秒", 5_000),
        ("make it half as long", 10_000),
        ("can you make it a bit shorter?", 17_000),
        ("make it a 15 second video", 15_000),
    ],
)
def test_shorter_is_relative(message: str, length: int) -> None:
    """`shorter` and `by` change the length, `to` sets it."""
    talk = Conversation(CLIP)

    talk.say(message)

    assert part(talk) == (0, length)


@pytest.mark.parametrize(
    ("message", "length"),
    [
        ("make it 20 seconds longer", 80_000),
        ("extend it by 15 seconds", 75_000),
        ("make it 20 seconds shorter", 40_000),
        ("再短10秒", 50_000),
        ("make it 20 seconds", 20_000),
    ],
)
def test_music_alone_gets_longer_and_shorter(message: str, length: int) -> None:
    """Music on its own follows the same words."""
    talk = Conversation()

    talk.say("compose a calm piano piece, 60 seconds", message)

    assert talk.times(talk.music) == [(0, length)]


def test_other_music_keeps_the_length_and_the_volume() -> None:
    """Music that replaces other music is as long and as loud, unless the message says."""
    talk = Conversation()

    talk.say("compose a calm piano piece, 45 seconds, volume 60%", "switch to jazz")

    assert talk.times(talk.music) == [(0, 45_000)]
    assert talk.sound["volume"] == 60


def test_footage_is_never_invented() -> None:
    """A trimmed clip gets back what was cut, but no clip gets longer than its file."""
    talk = Conversation(CLIP)

    talk.say("trim to 10 seconds", "make it 5 seconds longer")
    back = part(talk)
    refused = talk.say("make it 30 seconds longer")

    assert back == (0, 15_000)
    assert operations(refused) == []
    assert "20s at most" in spoken(refused)


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("make each photo 5 seconds", [(0, 5_000), (5_000, 5_000)]),
        ("2 seconds per photo", [(0, 2_000), (2_000, 2_000)]),
        ("first photo 5 seconds", [(0, 5_000), (5_000, 3_000)]),
        ("每张照片2秒", [(0, 2_000), (2_000, 2_000)]),
    ],
)
def test_photos_stand_as_long_as_told(message: str, times: list[tuple[int, int]]) -> None:
    """A photo has no length of its own, so it may be shown for longer, too."""
    talk = Conversation(PHOTO, upload("q.jpg", "image"))

    talk.say("make a slideshow", message)

    assert talk.times(talk.pictures) == times


@pytest.mark.parametrize("message", ["trim each clip to 4 seconds", "每个片段剪到4秒"])
def test_each_clip_is_trimmed_by_itself(message: str) -> None:
    """`each` trims every clip, not the film."""
    talk = Conversation(CLIP, SECOND)

    talk.say(message)

    assert talk.times(talk.pictures) == [(0, 4_000), (4_000, 4_000)]


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("start the music at 3 seconds", (3_000, 17_000)),
        ("the music should end at 8 seconds", (0, 8_000)),
        ("音乐从第3秒开始", (3_000, 17_000)),
    ],
)
def test_the_music_starts_and_ends_when_told(message: str, times: tuple[int, int]) -> None:
    """The ends of the music move, the rest of it stays."""
    talk = Conversation(CLIP)

    talk.say("add lo-fi", message)

    assert talk.times(talk.music) == [times]


@pytest.mark.parametrize(
    ("message", "length"),
    [
        ("play it at half speed", 16_000),
        ("慢放", 16_000),
        ("play it at double speed", 4_000),
        ("两倍速播放", 4_000),
    ],
)
def test_composed_music_ends_with_the_picture(message: str, length: int) -> None:
    """At another speed the music that ended with the picture still does, and stays the same piece."""
    talk = Conversation(upload("a.mp4", seconds=8))
    talk.say("add calm piano music")
    before = talk.sound

    said = spoken(talk.say(message))

    assert talk.times(talk.pictures) == talk.times(talk.music) == [(0, length)]
    assert talk.sound == before
    assert len({a.source.seed for a in talk.generated}) == 1  # type: ignore[union-attr]
    assert ("16s" in said or "16秒" in said) == (length == 16_000)


def test_music_comes_back_with_the_picture() -> None:
    """Music that was cut because the picture was sped up plays on when it is slow again: the same file."""
    talk = Conversation(upload("a.mp4", seconds=8))
    talk.say("add calm piano music")
    source = talk.music[0]["src"]

    talk.say("double speed", "normal speed")

    assert talk.times(talk.music) == [(0, 8_000)]
    assert talk.music[0]["src"] == source


@pytest.mark.parametrize("message", ["make the photo last 9 seconds", "照片显示9秒"])
def test_music_under_a_longer_photo_is_longer(message: str) -> None:
    """A longer picture takes its music along, and this is said."""
    talk = Conversation(PHOTO)
    talk.say("add calm piano music")

    said = spoken(talk.say(message))

    assert talk.times(talk.pictures) == talk.times(talk.music) == [(0, 9_000)]
    assert "music plays on" in said or "音乐随画面" in said


@pytest.mark.parametrize(
    "music",
    [["add calm piano music", "the music should end at 5 seconds"], ["use song.mp3 as music"]],
)
def test_other_music_keeps_its_length(music: list[str]) -> None:
    """Music that ended before the picture, or that is the user's own, is not made longer."""
    talk = Conversation(upload("a.mp4", seconds=8), upload("song.mp3", "audio", seconds=8))
    talk.say(*music)
    before = talk.times(talk.music)

    said = spoken(talk.say("play it at half speed"))

    assert talk.times(talk.music) == before
    assert "music plays on" not in said
