"""What people type: pronouns, follow-ups, politeness, misspellings, and what cannot be done."""

from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

A, B = upload("a.mp4", seconds=20), upload("b.mp4", seconds=10)


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("put my first clip on the timeline", ["a.mp4"]),
        ("put the last one I uploaded on the timeline", ["b.mp4"]),
        ("add the clip I just uploaded", ["b.mp4"]),
        ("use this clip", ["b.mp4"]),
        ("work on the first one", ["a.mp4"]),
        ("把最后上传的放到时间线上", ["b.mp4"]),
        ("只用这个视频", ["b.mp4"]),
        ("merge them", ["a.mp4", "b.mp4"]),
        ("把两个视频拼在一起", ["a.mp4", "b.mp4"]),
        ("swap the clips", ["b.mp4", "a.mp4"]),
    ],
)
def test_a_clip_is_picked_by_what_people_call_it(message: str, names: list[str]) -> None:
    """Numbers, `last`, `this` and `just uploaded` pick one clip; `them` are all."""
    talk = Conversation(A, B)

    talk.say(message)

    assert [s["m"]["name"] for s in talk.pictures] == names


@pytest.mark.parametrize(
    ("message", "looks"),
    [
        (
            "把标题改成“都市梦想”，红色，放在左上角",
            {"text": "都市梦想", "color": "red", "position": "top-left"},
        ),
        ("make the title red, put it top-left", {"color": "red", "position": "top-left"}),
        ("bigger", {"size": 60}),
        ("移到右下角", {"position": "bottom-right"}),
        ("标题字号改成60", {"text": "Hi", "size": 60}),
    ],
)
def test_looks_belong_to_the_title(message: str, looks: dict[str, object]) -> None:
    """A piece that only says how words look goes with the title before it, or the one that is there."""
    talk = Conversation(A)

    plan = talk.say("add a title 'Hi'", message)

    assert operations(plan) == ["change_text"]
    assert looks.items() <= talk.title.items()


@pytest.mark.parametrize(
    "message",
    [
        "加一个红色标题“新年快乐”，放在顶部，显示4秒，淡入2秒",
        "Add a title '新年快乐' and make it red, put it at the top, 4 seconds, fade in 2s",
    ],
)
def test_a_new_title_has_all_that_was_said(message: str) -> None:
    """Times and fades behind commas are the title's, not the picture's."""
    talk = Conversation(A)

    talk.say(message)

    assert talk.times(talk.texts) == [(0, 4_000)]
    wanted = {"color": "red", "position": "top-center", "fade_in": 2_000}
    assert wanted.items() <= talk.title.items()
    assert "fade_in" not in talk.pictures[0]["m"]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Add a title 'Paradise Found', white, top-center, 3s fade-in", "3s fade-in"),
        ("加标题“你好”，红色，左上角，淡入3秒", "红色、左上角、48号、3秒淡入"),
        ("视频调亮一点", "亮度15"),
        ("视频淡入2秒", "2秒淡入"),
        ("make the video black and white", "black and white filter"),
    ],
)
def test_what_is_told_is_in_the_language_spoken(message: str, words: str) -> None:
    """Colours, places and fades are told as people say them."""
    told = [spoken(Conversation(A, seed=str(n)).say(message)) for n in range(12)]

    assert any(told)
    assert all(words in text for text in told if text)
    assert not any(raw in text for text in told for raw in ("fade_in", "color ", "brightness"))


@pytest.mark.parametrize(
    ("message", "volume"),
    [
        ("thats too loud", 20),
        ("too quiet", 60),
        ("I can't hear the music", 60),
        ("way quieter", 5),
        ("lower it to 15", 15),
        ("raise by 10%", 50),
    ],
)
def test_complaints_change_the_volume(message: str, volume: int) -> None:
    """A step can be heard, and only muting silences."""
    talk = Conversation(A)

    talk.say("add lo-fi at 40%", message)

    assert talk.sound["volume"] == volume


@pytest.mark.parametrize(
    ("message", "done"),
    [
        ("add upbeet musci", ["add_clips", "add_bgm"]),
        ("trimm the vidoe to 10 secs", ["add_clips", "trim"]),
        ("add a titel saying Hello", ["add_clips", "add_text"]),
        ("hey, can u put some chill music behind this? not too loud", ["add_clips", "add_bgm"]),
        (
            "remove the original audio, add upbeat pop at 60%",
            ["add_clips", "set_volume", "add_bgm"],
        ),
        ("静音原视频，加一段欢快的音乐", ["add_clips", "set_volume", "add_bgm"]),
        ("edit a.mp4: trim to 6s, jazz, title 'One'", ["add_clips", "trim", "add_bgm", "add_text"]),
    ],
)
def test_every_part_of_a_message_is_done(message: str, done: list[str]) -> None:
    """Misspelt, chatty or terse: each thing asked for is done once."""
    talk = Conversation(A)

    assert operations(talk.say(message)) == done


@pytest.mark.parametrize(
    "message",
    [
        "rotate the video",
        "zoom in on the face",
        "add a voiceover",
        "translate the title to chinese",
        "倒放视频",
        "speed up the first half",
        "add transitions",
    ],
)
def test_what_cannot_be_done_is_not_claimed(message: str) -> None:
    """A wish nobody here can fulfil is answered, not done somehow."""
    talk = Conversation(A)
    talk.say("put my clip on the timeline")

    answer = talk.say(message)

    assert operations(answer) == []
    assert spoken(answer)


@pytest.mark.parametrize(
    ("message", "shown", "length"),
    [
        ("create a video about coffee, no music", "coffee", 5_000),
        ("Generate a video of a dog. make it 8 seconds", "dog", 8_000),
        (
            "I need a promo video for my bakery, about 15 seconds, warm mood",
            "promo for my bakery",
            15_000,
        ),
        ("hi! could you pls make a short vid about space?", "space", 5_000),
    ],
)
def test_a_film_is_of_its_subject_alone(message: str, shown: str, length: int) -> None:
    """Length, mood and `no music` are no part of what a film shows."""
    talk = Conversation()

    talk.say(message)

    assert [(s["m"]["name"], s["d"]) for s in talk.pictures] == [(shown, length)]


def test_it_is_the_only_thing_there_is() -> None:
    """`remove it` takes the only thing the clips carry, and asks where there are two."""
    one, two = Conversation(A), Conversation(A)

    one.say("add a title 'Hi'", "remove it")
    two.say("add a title 'Hi'", "add lo-fi")
    asked = two.say("remove it")

    assert one.texts == []
    assert operations(asked) == []


def test_a_quoted_title_is_the_one_meant() -> None:
    """Of several titles the one quoted is changed or goes, and none goes for an unknown one."""
    talk = Conversation(A)

    talk.say("add a title 'One'", "add a title 'Two' at the end", "change 'One' to 'Uno'")
    answer = talk.say("delete the title 'Three'")
    talk.say("delete 'Two'")

    assert operations(answer) == []
    assert [s["m"]["text"] for s in talk.texts] == ["Uno"]


def test_music_goes_by_its_genre() -> None:
    """`remove the lo-fi` means the music, and brings no other."""
    talk = Conversation(A)

    talk.say("add lo-fi", "remove the lo-fi")

    assert talk.music == []


@pytest.mark.parametrize(
    ("message", "done"),
    [
        ("用轻快的钢琴曲配乐，音量30%", ["add_clips", "add_bgm"]),
        ("音乐淡出3秒", []),
        ("it's too dark", ["add_clips", "adjust_look"]),
    ],
)
def test_a_wish_is_told_from_a_change(message: str, done: list[str]) -> None:
    """Music is composed where it is asked for, and never for a change of what is not there."""
    talk = Conversation(A)

    assert operations(talk.say(message)) == done


def test_another_clip_by_what_it_shows() -> None:
    """A clip that is described is generated, behind what is there."""
    talk = Conversation(A)

    talk.say("put my clip on the timeline", "add another clip of the ocean", "加一段8秒的海浪视频")

    assert [s["m"]["name"] for s in talk.pictures] == ["a.mp4", "ocean", "海浪"]


def test_the_length_behind_the_music_is_the_films() -> None:
    """A length that stands alone at the end belongs to the film asked for at the start."""
    made, ours = Conversation(), Conversation(A, B)

    made.say("make a video of a cat with jazz music, 10 seconds")
    ours.say("make a video from my clips with upbeat music, 12 seconds")

    assert [s["m"]["name"] for s in made.pictures] == ["cat"]
    for talk, length in ((made, 10_000), (ours, 12_000)):
        assert talk.draft["d"] == length
        assert talk.times(talk.music) == [(0, length)]
