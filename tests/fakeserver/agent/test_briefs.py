"""What is said beside the main thing is done as well: the drop, the music of a film, its scenes, an end in black."""

from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

CLIP = upload("a.mp4", seconds=8)


@pytest.mark.parametrize(
    ("message", "second"),
    [
        ("30-second electronic track with a drop at second 20", 20),
        ("techno, 30 seconds, drop at second 20", 20),
        ("40 seconds of techno with the drop around second 25", 25),
        ("30-second techno track with a drop at 20 seconds", 20),
        ("生成一段30秒的电子音乐，第20秒高潮", 20),
        ("生成一段30秒的电子音乐，第二十秒高潮", 20),
    ],
)
def test_a_drop_is_where_it_was_said_to_be(message: str, second: int) -> None:
    """`Second 20` is a time like `20 seconds` and 第20秒, and no length."""
    talk = Conversation()

    talk.say(message)

    assert talk.sound["drop"] == second


@pytest.mark.parametrize(
    "change", ["make it loop seamlessly", "make it slower", "brighter", "慢一点", "无缝循环"]
)
def test_a_piece_with_a_drop_keeps_its_length(change: str) -> None:
    """A change that says nothing of the length leaves it, and the drop, as they were."""
    talk = Conversation()
    talk.say("30-second techno track with a drop at 20 seconds")

    done = talk.say(change)

    assert operations(done) == ["refine_bgm"]
    assert (talk.sound["drop"], talk.times(talk.music)) == (20, [(0, 30_000)])


@pytest.mark.parametrize("change", ["move the drop to second 40", "把高潮放到第40秒"])
def test_a_drop_behind_the_end_makes_a_piece_longer(change: str) -> None:
    """A drop that no longer fits gets room behind it."""
    talk = Conversation()
    talk.say("30-second techno track with a drop at 20 seconds")

    talk.say(change)

    assert (talk.sound["drop"], talk.times(talk.music)) == (40, [(0, 55_000)])


@pytest.mark.parametrize(
    ("message", "shown", "bpm", "instruments"),
    [
        (
            "Make a 20-second video of a red fox in a snowy forest, vertical 9:16, with calm acoustic guitar at 72 BPM",
            "red fox in a snowy forest",
            72,
            ["acoustic guitar"],
        ),
        ("Make a 10s video of a beach at dawn, soft piano, 80 bpm", "beach at dawn", 80, ["piano"]),
        ("Make a 10s video of a beach and soft piano at 80 bpm", "beach", 80, ["piano"]),
        ("a 10s video of a lake with lo-fi", "lake", 76, ["electric piano", "drums", "bass"]),
        (
            "生成一段10秒的雪中红狐视频，竖屏，配72BPM的平静木吉他",
            "雪中红狐",
            72,
            ["acoustic guitar"],
        ),
        ("生成一段10秒的海滩视频，平静的钢琴，80BPM", "海滩", 80, ["piano"]),
    ],
)
def test_the_music_part_of_a_film_is_heard_not_shown(
    message: str, shown: str, bpm: int, instruments: list[str]
) -> None:
    """Instrument, genre and tempo are the brief of the music and no part of the subject."""
    talk = Conversation()

    done = talk.say(message)

    assert operations(done) == ["generate_video", "add_bgm", "add_text"]
    assert (talk.sound["bpm"], talk.sound["instruments"]) == (bpm, instruments)
    assert [s["m"]["name"] for s in talk.pictures] == [talk.draft["m"]["title"]] == [shown]
    assert talk.title["text"].lower() == shown


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Make a 10s video of a man with a guitar", "man with a guitar"),
        ("Make a 10s video of a guitar and drums", "guitar and drums"),
        ("做一个10秒弹吉他的女孩的视频", "弹吉他的女孩"),
        ("Make a 10s video of a fox, vertical 9:16, snow falling", "fox, snow falling"),
        ("Make a 10s video of a street in 2 scenes: day and night", "street: day and night"),
        ("Make a 10s video of a dog, bass fishing", "dog, bass fishing"),
    ],
)
def test_an_instrument_can_be_seen(message: str, shown: str) -> None:
    """What is not made of musical words only stays in the subject; no comma stands alone."""
    talk = Conversation()

    talk.say(message)

    assert talk.pictures[0]["m"]["name"] == shown


@pytest.mark.parametrize(
    ("message", "shown", "genre"),
    [
        (
            "Make a 12-second video of a city at night, 3 scenes, with jazz piano music",
            "city at night",
            "jazz",
        ),
        (
            "Make a 12-second video of a city at night in three scenes and jazz at 90 BPM",
            "city at night",
            "jazz",
        ),
        ("生成一个12秒的城市夜景视频，3个场景，配爵士钢琴", "城市夜景", "jazz"),
        ("生成一个12秒的城市夜景视频，三个场景，配爵士钢琴", "城市夜景", "jazz"),
    ],
)
def test_scenes_are_counted_not_shown(message: str, shown: str, genre: str) -> None:
    """A film of three scenes has three numbered ones of the same length."""
    talk = Conversation()

    done = talk.say(message)

    assert talk.times(talk.pictures) == [(0, 4_000), (4_000, 4_000), (8_000, 4_000)]
    assert {s["m"]["name"] for s in talk.pictures} == {talk.draft["m"]["title"]} == {shown}
    numbers = [a.source.notes.get("scene") for a in talk.generated if a.kind == "video"]  # type: ignore[union-attr]
    assert numbers == [1, 2, 3]
    assert (talk.sound["genre"], talk.times(talk.music)) == (genre, [(0, 12_000)])
    assert "3" in spoken(done)


@pytest.mark.parametrize("count", [0, 1, 99])
def test_a_short_film_has_no_more_scenes_than_seconds(count: int) -> None:
    """Whatever number is asked for, there is a scene and none is shorter than a second."""
    talk = Conversation()

    talk.say(f"make a 5s video of a cat, {count} scenes")

    assert 1 <= len(talk.pictures) <= 5
    assert sum(s["d"] for s in talk.pictures) == 5_000


@pytest.mark.parametrize("message", ["make a 10s video of a cat", "生成一个10秒的小猫视频"])
def test_the_title_of_a_film_is_at_the_top(message: str) -> None:
    """The title that is added unasked keeps clear of the subject, which stands low."""
    talk = Conversation()

    talk.say(message)

    assert talk.title["position"] == "top-center"


def test_a_title_of_ones_own_is_where_it_is_asked_for() -> None:
    """A title that the message asks for stands where the user wants it."""
    talk = Conversation()

    talk.say('make a 10s video of a cat with a title "Tom" in the bottom left')

    assert talk.title["position"] == "bottom-left"


@pytest.mark.parametrize(
    "message",
    [
        "Fade to black at the end",
        "fade out to black at the end",
        "add jazz and fade to black at the end",
        'add a title "Hi" and at the end fade to black',
        "结尾渐黑",
        "最后淡出到黑场",
        "加标题“你好”，结尾渐黑",
    ],
)
def test_the_picture_ends_in_black(message: str) -> None:
    """Black is the picture's: the last clip fades out, and neither music nor title does."""
    talk = Conversation(CLIP, upload("b.mp4", seconds=4))

    talk.say(message)

    assert [s["m"].get("fade_out") for s in talk.pictures] == [None, 1_000]
    assert not any("fade_out" in s["m"] for s in (*talk.music, *talk.texts))


@pytest.mark.parametrize("message", ["fade from black at the start", "开头从黑场淡入"])
def test_the_picture_begins_in_black(message: str) -> None:
    """`From black` is a fade-in of the first clip."""
    talk = Conversation(CLIP)

    talk.say(message)

    assert talk.pictures[0]["m"]["fade_in"] == 1_000


@pytest.mark.parametrize("message", ["Compose a solo guitar ballad", "来一首吉他抒情曲"])
def test_a_ballad_is_slow_and_soft(message: str) -> None:
    """A ballad brings its own mood and tempo."""
    talk = Conversation()

    talk.say(message)

    assert (talk.sound["mood"], talk.sound["instruments"]) == ("soft", ["guitar"])
    assert talk.sound["bpm"] < 90


@pytest.mark.parametrize(
    "messages",
    [
        ("resize to 1:1", "regenerate in 1:1"),
        ("把比例改成1:1", "重新生成1:1版本"),
    ],
)
def test_the_shape_of_an_uploaded_clip_stays(messages: tuple[str, str]) -> None:
    """Who has nothing generated is told so at once, and not sent to a command that does nothing."""
    talk = Conversation(CLIP)

    for message in messages:
        said = spoken(talk.say(message))

        assert "only generated scenes" in said or "只有生成的视频" in said
        assert "Say “" not in said
        assert "请说" not in said
