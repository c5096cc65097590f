from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

A, B, C = upload("a.mp4", seconds=20), upload("b.mp4", seconds=10), upload("c.mp4", seconds=15)
SONG = upload("song.mp3", "audio", 60)


def shown(talk: Conversation) -> list[str]:
    """The names of the clips on the timeline."""
    return [s["m"]["name"] for s in talk.pictures]


@pytest.mark.parametrize(
    "message",
    [
        "do the same with b.mp4",
        "now the same for this one",
        "same again for the new one",
        "now do b.mp4",
        "ok now b.mp4, same",
        "b.mp4也一样",
        "这个也同样处理",
    ],
)
def test_a_file_uploaded_later_gets_the_same(message: str) -> None:
    """The same music, volume, step and title, on a timeline of the other file's own."""
    talk = Conversation(A)

    talk.say("add lo-fi to a.mp4 at 50% and a title 'Hello' in red", "duck the music by 30%")
    talk.uploads = (A, B)
    talk.say(message)

    assert shown(talk) == ["b.mp4"]
    assert talk.times(talk.music) == [(0, 10_000)]
    assert (talk.sound["genre"], talk.sound["volume"], talk.sound["duck"]) == ("lo-fi", 50, 30)
    assert (talk.title["text"], talk.title["color"]) == ("Hello", "red")


@pytest.mark.parametrize(
    ("trim", "part"),
    [
        ("trim to the first 5 seconds", (0, 5_000)),
        ("cut the first 3 seconds", (3_000, 7_000)),
        ("keep the last 4 seconds", (0, 10_000)),
    ],
)
def test_the_trim_and_the_look_are_repeated(trim: str, part: tuple[int, int]) -> None:
    """The same part of the file is shown, as far as the file has it."""
    talk = Conversation(A, B)

    talk.say("use a.mp4", trim, "make it black and white", "do the same with b.mp4")

    (segment,) = talk.pictures
    assert (segment["in"], segment["d"]) == part
    assert segment["m"]["filter"] == "black and white"


def test_the_next_ones_follow_in_order() -> None:
    """`the next one` is the upload after those that were done."""
    talk = Conversation(A, B, C)

    talk.say("add piano to a.mp4", "do the same for b.mp4")
    talk.uploads = (B, C)
    talk.say("and the next one")

    assert shown(talk) == ["c.mp4"]


def test_a_song_is_repeated_as_it_is() -> None:
    """The user's recording plays under the other file, too."""
    talk = Conversation(A, SONG, B)

    talk.say("put song.mp3 under a.mp4 at 30%", "same for b.mp4")

    assert [(s["src"], s["d"], s["m"]["volume"]) for s in talk.music] == [(SONG.url, 10_000, 30)]


def test_the_same_may_differ_in_one_thing() -> None:
    """What follows `but` is done on the new timeline."""
    talk = Conversation(A, B)

    talk.say("add jazz to a.mp4 and a title 'One'", "same for b.mp4 but with title 'Two'")

    assert (shown(talk), talk.title["text"], talk.sound["genre"]) == (["b.mp4"], "Two", "jazz")


@pytest.mark.parametrize("messages", [(), ("add lo-fi",)])
def test_nothing_to_repeat_is_said(messages: tuple[str, ...]) -> None:
    """Without a former edit, or without another file, there is only an answer."""
    talk = Conversation(A)

    for message in messages:
        talk.say(message)
    talk.uploads = (A,) if messages else (A, B)
    answer = talk.say("do the same for the other one")

    assert operations(answer) == []
    assert spoken(answer)


def test_cuts_between_clips_are_not_claimed() -> None:
    """What cannot be carried over is said."""
    talk = Conversation(A, B)

    talk.say("put both clips on the timeline", "add jazz")
    talk.uploads = (A, B, C)
    plan = talk.say("do the same with c.mp4")

    assert shown(talk) == ["c.mp4"]
    assert "not repeated" in spoken(plan)


@pytest.mark.parametrize(
    ("first", "second", "genre"),
    [
        ("add lo-fi to a.mp4", "now do b.mp4 with piano", None),
        ("add lo-fi to the first clip", "now the second one with jazz", "jazz"),
        ("给a.mp4配一段轻快的音乐", "b.mp4配钢琴曲", None),
    ],
)
def test_files_take_turns_with_music_of_their_own(
    first: str, second: str, genre: str | None
) -> None:
    """Another file with other music starts afresh."""
    talk = Conversation(A, B)

    talk.say(first, second)

    assert shown(talk) == ["b.mp4"]
    assert talk.times(talk.music) == [(0, 10_000)]
    assert talk.sound.get("genre") == genre


@pytest.mark.parametrize(
    "message",
    [
        "Add 'Part 1' to the first clip and 'Part 2' to the second clip",
        "add the title 'Part 1' to a.mp4 and 'Part 2' to b.mp4",
    ],
)
def test_files_named_in_one_message_stand_together(message: str) -> None:
    """One message that works on two files lays both, each with what was asked for it."""
    talk = Conversation(A, B)

    talk.say(message)

    assert shown(talk) == ["a.mp4", "b.mp4"]
    assert [(s["m"]["text"], s["s"]) for s in talk.texts] == [("Part 1", 0), ("Part 2", 20_000)]
