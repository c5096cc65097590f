from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

CLIP = upload("a.mp4", seconds=20)


def test_several_requests_in_one_message_are_several_edits() -> None:
    """A clip, music at a volume and a title in a colour come out of one sentence."""
    talk = Conversation(CLIP)

    plan = talk.say(
        "put my clip on the timeline, add lo-fi at 35% and a title 'Urban Dreams' in neon blue"
    )

    assert operations(plan) == ["add_clips", "add_bgm", "add_text"]
    assert (talk.sound["name"], talk.sound["volume"]) == ("Lo-fi", 35)
    assert (talk.title["text"], talk.title["color"]) == ("Urban Dreams", "neon blue")
    assert talk.draft["d"] == 20_000


def test_the_same_in_chinese() -> None:
    """Chinese requests part at their punctuation and conjunctions."""
    talk = Conversation(CLIP)

    talk.say("把我的片段放到时间线上,加35%音量的lo-fi音乐,再加一个霓虹蓝的标题“都市梦想”")

    assert (talk.sound["genre"], talk.sound["volume"]) == ("lo-fi", 35)
    assert (talk.title["text"], talk.title["color"]) == ("都市梦想", "neon blue")


def test_a_detailed_brief_is_kept_in_the_draft_and_in_the_media() -> None:
    """Tempo, key, mood and instruments go into the segment and into the notes of the track."""
    talk = Conversation()

    talk.say(
        "create a bright, bouncy ukulele track at 120 BPM in F# minor with hand claps, 45 seconds,"
        " suitable for a children's educational video"
    )

    (track,) = talk.generated
    expected = {
        "bpm": 120,
        "key": "F# minor",
        "mood": "bright, bouncy",
        "instruments": ["ukulele", "hand claps"],
    }
    assert expected.items() <= talk.sound.items()
    assert expected.items() <= dict(track.source.notes).items()  # type: ignore[union-attr]
    assert talk.music[0]["src"] == track.url
    assert track.url.startswith("http://cdn.test/generated/")
    assert track.seconds == 45


def test_sections_and_a_drop_are_understood() -> None:
    """Parts are listed in order, and the second of a drop is not taken for the length."""
    talk = Conversation()

    talk.say(
        "generate a track with a quiet intro, building middle, and explosive finale"
        " with a drop at the 30-second mark"
    )

    assert talk.sound["sections"] == ["intro", "build", "finale"]
    assert talk.sound["drop"] == 30
    assert talk.music[0]["d"] > 30_000


@pytest.mark.parametrize(
    ("message", "ms"),
    [
        ("90秒的音乐", 90_000),
        ("3分钟的爵士乐", 180_000),
        ("a two minute jazz track", 120_000),
        ("add music for half a minute", 30_000),
        ("a 1 minute 30 seconds ambient track", 90_000),
        ("add 1:15 of jazz", 75_000),
        ("add jazz for 0 seconds", 1_000),
        ("add jazz for -5 seconds", 1_000),
        ("add jazz for 999999999 seconds", 600_000),
    ],
)
def test_length_is_read_and_clamped(message: str, ms: int) -> None:
    """Lengths in words, units and clock times are read; absurd ones become sane."""
    talk = Conversation()

    talk.say(message)

    assert talk.times(talk.music) == [(0, ms)]


@pytest.mark.parametrize(
    ("message", "bpm"), [("add jazz at 9999 bpm", 220), ("add jazz at 1 bpm", 40)]
)
def test_tempo_is_clamped(message: str, bpm: int) -> None:
    """No tempo leaves 40 to 220."""
    talk = Conversation()

    talk.say(message)

    assert talk.sound["bpm"] == bpm


@pytest.mark.parametrize(
    "message",
    [
        "swap the music for jazz",
        "replace the BGM with jazz",
        "change the music to jazz",
        "把音乐换成爵士",
    ],
)
def test_a_swap_replaces(message: str) -> None:
    """There is one background music: another one takes its place."""
    talk = Conversation(CLIP)

    talk.say("add lo-fi", message)

    assert talk.sound["genre"] == "jazz"
    assert talk.times(talk.music) == [(0, 20_000)]


@pytest.mark.parametrize("message", ["swap music", "更换音乐", "换一首音乐"])
def test_a_bare_swap_gives_other_music(message: str) -> None:
    """Who does not say what they want instead gets another genre."""
    talk = Conversation(CLIP)

    talk.say("add lo-fi", message)

    assert talk.sound["genre"] != "lo-fi"


def test_own_audio_plays_as_music() -> None:
    """An uploaded recording goes under the picture, no longer than either."""
    talk = Conversation(CLIP, upload("song.mp3", "audio", seconds=45))

    talk.say("use song.mp3 as background music at 50%")

    assert talk.music[0]["src"].endswith("song.mp3")
    assert talk.times(talk.music) == [(0, 20_000)]
    assert talk.sound["volume"] == 50
    assert talk.generated == []


def test_own_audio_cannot_be_recomposed() -> None:
    """A recording has no tempo to change; the agent says so."""
    talk = Conversation(upload("song.mp3", "audio", seconds=45))

    answer = talk.say("add my song", "make the music slower")

    assert answer.kind == "text"
    assert "recording" in spoken(answer)


def test_music_for_one_of_two_clips_plays_there_only() -> None:
    """Music for a clip leaves what plays under the other clips."""
    talk = Conversation(CLIP, upload("b.mp4", seconds=10))

    talk.say("add lo-fi", "add jazz to the second clip")

    assert talk.times(talk.music) == [(0, 20_000), (20_000, 10_000)]
    assert [s["m"]["genre"] for s in talk.music] == ["lo-fi", "jazz"]


@pytest.mark.parametrize(
    "message",
    [
        "use this song by Adele",
        "add https://youtu.be/abc as background music",
        "https://open.spotify.com/track/1",
        "用YouTube上的音乐链接",
    ],
)
def test_music_from_elsewhere_is_refused_with_an_offer(message: str) -> None:
    """Streaming links and named artists cannot be used; the built-in library is offered."""
    talk = Conversation(CLIP)

    answer = talk.say(message)

    assert answer.kind == "text"
    assert "library" in spoken(answer) or "曲库" in spoken(answer)
    assert talk.draft == {}


def test_parts_do_not_disturb_each_other() -> None:
    """New music for one part leaves the music of other parts alone."""
    talk = Conversation(CLIP)

    talk.say("add lo-fi from 0s to 5s", "add jazz from 10s to 15s", "add blues from 12s to 14s")

    assert [(s["s"], s["d"], s["m"]["genre"]) for s in talk.music] == [
        (0, 5_000, "lo-fi"),
        (10_000, 2_000, "jazz"),
        (12_000, 2_000, "blues"),
        (14_000, 1_000, "jazz"),
    ]


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("add jazz from 5s to 15s", [(0, 5_000), (5_000, 10_000), (15_000, 5_000)]),
        ("add jazz at 12 seconds", [(0, 12_000), (12_000, 8_000)]),
    ],
)
def test_music_for_a_part_leaves_the_rest(message: str, times: list[tuple[int, int]]) -> None:
    """What plays before and behind the new music goes on playing, from where it would have been."""
    talk = Conversation(CLIP)

    talk.say("add lo-fi", message)

    assert talk.times(talk.music) == times
    assert [s["m"]["genre"] for s in talk.music][:2] == ["lo-fi", "jazz"]
    assert [s["in"] for s in talk.music][2:] in ([], [15_000])


def test_shorter_music_replaces_the_longer() -> None:
    """Music with a length of its own and no place leaves nothing of the old music."""
    talk = Conversation(CLIP)

    talk.say("add lo-fi", "add 10 seconds of jazz")

    assert [(s["s"], s["d"], s["m"]["genre"]) for s in talk.music] == [(0, 10_000, "jazz")]


def test_music_beyond_the_end_goes() -> None:
    """Music that would begin after the picture has ended is taken away."""
    talk = Conversation(CLIP)

    talk.say("add jazz at 12 seconds", "trim to 5 seconds")

    assert talk.music == []
