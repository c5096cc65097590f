from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload


def titled() -> Conversation:
    """A clip of 20 seconds with the title `Hello`."""
    talk = Conversation(upload("a.mp4", seconds=20))
    talk.say("add a title 'Hello' in white")
    return talk


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ('add a title "Plain"', "Plain"),
        ("add a title 'It's late'", "It's late"),
        ("add a title “Curly”", "Curly"),
        ("add a title ‘Single’", "Single"),
        ("添加标题「东京」", "东京"),
        ("添加标题『大阪』", "大阪"),
        ("加一个标题《山海》", "山海"),
        ("添加标题“海”", "海"),
        ("add a title saying Hello World in red at the top for 4 seconds", "Hello World"),
        ("put text that says Chapter One on screen", "Chapter One"),
        ("Add a title Urban Dreams", "Urban Dreams"),
        ("add a title: Golden Hour", "Golden Hour"),
        ("加一段文字：再见", "再见"),
        ("加一个标题，写着夏日时光，红色", "夏日时光"),
        ("show 'remove the music' at the bottom", "remove the music"),
    ],
)
def test_the_words_are_found(message: str, text: str) -> None:
    """Quotes of all kinds, and words after `saying` and its kind, become the title and nothing else."""
    talk = Conversation(upload("a.mp4"))

    talk.say(message)

    assert talk.title["text"] == text


@pytest.mark.parametrize(
    ("message", "looks"),
    [
        ("add a title 'X' in neon blue", {"color": "neon blue"}),
        ("add a title 'X' in #FF00aa", {"color": "#ff00aa"}),
        (
            "add a title 'X', white 32pt, top-center",
            {"size": 32, "position": "top-center", "color": "white"},
        ),
        ("add a bold title 'X' at the bottom right", {"bold": True, "position": "bottom-right"}),
        (
            "add a title 'X' with a 3s fade-in and fade out over 2 seconds",
            {"fade_in": 3_000, "fade_out": 2_000},
        ),
        ("add a title 'X' in size 99999", {"size": 200}),
        (
            "添加标题“X”，霓虹蓝，左上角，字号40，淡入2秒",
            {"color": "neon blue", "position": "top-left", "size": 40, "fade_in": 2_000},
        ),
        ("add a title 'X'", {"color": "white", "position": "center", "size": 48}),
    ],
)
def test_the_look_is_read(message: str, looks: dict[str, object]) -> None:
    """Colour, place, size and fades come from the message, or from the defaults."""
    talk = Conversation(upload("a.mp4"))

    talk.say(message)

    assert looks.items() <= talk.title.items()


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("add a title 'X'", (0, 3_000)),
        ("add a title 'X' for 5 seconds", (0, 5_000)),
        ("add a title 'X' from 2s to 5s", (2_000, 3_000)),
        ("add the title 'X' from 2 to 4 seconds", (2_000, 2_000)),
        ("show the title 'X' between 2 and 4 seconds", (2_000, 2_000)),
        ("show the title from 2 to 4 seconds", (2_000, 2_000)),
        ("add a title 'X' at 5 seconds for 2 seconds", (5_000, 2_000)),
        ("add a title 'X' at 0:12", (12_000, 3_000)),
        ("add a title 'X' at the end", (17_000, 3_000)),
        ("add a title 'X' for the whole video", (0, 20_000)),
        ("在第5秒加标题“X”，持续4秒", (5_000, 4_000)),
        ("在结尾加标题“X”", (17_000, 3_000)),
        ("add a title 'X' for 0 seconds", (0, 500)),
        ("add the title 'X' at 5 seconds once the music ends", (5_000, 3_000)),
    ],
)
def test_the_times_are_read(message: str, times: tuple[int, int]) -> None:
    """A title starts and lasts as the message says."""
    talk = Conversation(upload("a.mp4", seconds=20))

    talk.say(message)

    assert talk.times(talk.texts) == [times]


@pytest.mark.parametrize(
    ("message", "changed"),
    [
        ("make it red", {"text": "Hello", "color": "red"}),
        ("make the title smaller", {"size": 38}),
        ("show the title at 4 seconds", {"text": "Hello"}),
        ("make the title yellow and bigger", {"text": "Hello", "color": "yellow", "size": 60}),
        ("move the title to the bottom left", {"text": "Hello", "position": "bottom-left"}),
        ("change the title to 'Bye'", {"text": "Bye", "color": "white"}),
        ("change 'Hello' to 'Bye'", {"text": "Bye"}),
        ("change the title to Good Night", {"text": "Good Night"}),
        ("add a fade-out to the title", {"fade_out": 1_000}),
        ("把标题改成红色", {"text": "Hello", "color": "red"}),
        ("把标题改成“再见”", {"text": "再见"}),
        ("标题放到左上角", {"position": "top-left"}),
    ],
)
def test_a_title_that_is_there_changes(message: str, changed: dict[str, object]) -> None:
    """Words about the title change the one that is there and add none."""
    talk = titled()

    talk.say(message)

    assert changed.items() <= talk.title.items()


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ("show the title from 2 to 4 seconds", (2_000, 2_000)),
        ("the title should appear between 2 and 4 seconds", (2_000, 2_000)),
        ("标题从2到4秒显示", (2_000, 2_000)),
        ("标题显示2秒", (0, 2_000)),
    ],
)
def test_a_title_that_is_there_gets_new_times(message: str, times: tuple[int, int]) -> None:
    """However its seconds are written; its words stay."""
    talk = titled()

    talk.say(message)

    assert talk.times(talk.texts) == [times]
    assert talk.title["text"] == "Hello"


@pytest.mark.parametrize(
    "message",
    [
        "标题从2秒到4秒显示",
        "标题显示3秒",
        "the title appears at 3 seconds",
        "add a title when the video starts",
    ],
)
def test_what_is_said_of_a_title_is_not_its_words(message: str) -> None:
    """Without words of its own, a title has the name of the project."""
    talk = Conversation(upload("a.mp4", seconds=20))

    talk.say(message)

    assert talk.title["text"] == "a"


@pytest.mark.parametrize(
    "message",
    ["lower the music when the title appears", "turn the music down while the title is shown"],
)
def test_when_a_title_is_only_a_time_it_is_not_asked_for(message: str) -> None:
    """What is spoken of is the music."""
    talk = Conversation(upload("a.mp4", seconds=20))
    talk.say("add lo-fi at 40%")

    assert operations(talk.say(message)) == ["set_volume"]
    assert talk.sound["volume"] == 20
    assert not talk.texts


def test_a_title_moves_in_time_and_stays_in_order() -> None:
    """A title with a new start keeps its id; the track stays in order of time."""
    talk = titled()
    first = talk.texts[0]["id"]

    talk.say("add another title 'Two' at 10 seconds", "add another title 'Three' at 15 seconds")
    talk.say("show the title from 5s to 7s")

    assert [s["m"]["text"] for s in talk.texts] == ["Hello", "Three", "Two"]
    assert talk.texts[0]["id"] == first
    assert talk.times(talk.texts)[1] == (5_000, 2_000)


def test_a_second_title_leaves_the_first() -> None:
    """A new title at the same time goes on a track of its own."""
    talk = titled()

    talk.say("add lo-fi and a title 'Second'")

    assert [s["m"]["text"] for s in talk.texts] == ["Hello", "Second"]


def test_an_unclear_change_is_asked_about() -> None:
    """Who wants the title changed without saying how is asked."""
    talk = titled()

    answer = talk.say("change the title")

    assert answer.kind == "text"
    assert "?" in spoken(answer)


@pytest.mark.parametrize("message", ["add subtitles", "添加字幕", "add captions in Spanish"])
def test_subtitles_run_along_the_picture(message: str) -> None:
    """Captions cover the clip end to end, at its foot."""
    talk = Conversation(upload("a.mp4", seconds=9))

    talk.say(message)

    assert talk.times(talk.texts) == [(0, 3_000), (3_000, 3_000), (6_000, 3_000)]
    assert {s["m"]["position"] for s in talk.texts} == {"bottom-center"}


def test_subtitles_speak_the_language_asked_for() -> None:
    """The language of captions is that of the message unless it names one."""
    spanish, chinese = Conversation(upload("a.mp4")), Conversation(upload("a.mp4"))

    spanish.say("add captions in Spanish")
    chinese.say("添加字幕")

    assert {s["m"]["language"] for s in spanish.texts} == {"es"}
    assert {s["m"]["language"] for s in chinese.texts} == {"zh"}


def test_subtitles_take_quoted_lines_and_a_new_look() -> None:
    """Quoted lines are the captions; a later wish changes their look."""
    talk = Conversation(upload("a.mp4", seconds=10))

    talk.say("add captions 'One' 'Two'", "make the subtitles yellow and bigger")

    assert [s["m"]["text"] for s in talk.texts] == ["One", "Two"]
    assert {(s["m"]["color"], s["m"]["size"]) for s in talk.texts} == {("yellow", 30)}


def test_subtitles_leave_titles_alone() -> None:
    """A title keeps its time beside captions."""
    talk = titled()

    plan = talk.say("add subtitles")

    assert operations(plan) == ["add_subtitles"]
    assert (0, 3_000, "Hello") in [(s["s"], s["d"], s["m"]["text"]) for s in talk.texts]


def test_a_title_moves_to_a_second() -> None:
    """`Second 5` is a time, not words to show."""
    talk = Conversation(upload("a.mp4", seconds=20))

    talk.say('at second 3 add a title "Hi"', "move the title to second 5")

    assert talk.title["text"] == "Hi"
    assert talk.times(talk.texts) == [(5_000, 3_000)]
