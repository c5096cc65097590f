from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("what can you do?", "music"),
        ("你能做什么？", "配乐"),
        ("hello", "!"),
        ("你好", "你好"),
        ("thanks!", "timeline panel"),
        ("谢谢", "导出"),
        ("export", "Export"),
        ("export as mp4 please", "Export"),
        ("download", "Export"),
        ("导出", "导出"),
        ("how do I export?", "Export"),
        ("how many credits do I have left?", "illing"),
        ("积分", "账单"),
        ("status", "Timeline"),
        ("show tracks", "Timeline"),
        ("状态", "时间线"),
        ("undo that", "Undo"),
        ("撤销", "撤销"),
        ("how long is my video?", "20s"),
        ("视频有多长？", "20秒"),
        ("add https://example.com/clip.mp4", "Upload"),
    ],
)
def test_talk_is_free_and_speaks_of_the_editor(message: str, said: str) -> None:
    """Talk changes nothing, costs nothing, and answers as if there were a screen."""
    talk = Conversation(upload("a.mp4", seconds=20))
    talk.say("put my clip on the timeline")
    before = talk.draft

    answer = talk.say(message)

    assert answer.kind == "text"
    assert said in spoken(answer)
    assert talk.draft == before


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "asdf qwer",
        "🎉🎉",
        "-5",
        "999999999 seconds",
        "add a rainbow unicorn",
        "fade out the music",
        "play the music at 2x speed",
        "remove the music after 5 seconds",
    ],
)
def test_what_nobody_understands_is_asked_about(message: str) -> None:
    """No request, no edit: a question back."""
    talk = Conversation(upload("a.mp4"))

    answer = talk.say(message)

    assert answer.kind == "text"
    assert spoken(answer)
    assert talk.draft == {}


def test_politeness_is_left_out_beside_work() -> None:
    """A greeting before a request is not answered on its own."""
    talk = Conversation(upload("a.mp4"))

    plan = talk.say("Hi! Could you please add some jazz music? Thanks")

    assert operations(plan) == ["add_clips", "add_bgm"]
    assert "Hello" not in spoken(plan)


def test_an_ununderstood_part_is_told() -> None:
    """What was not understood beside what was done is named, so the plan is never silent."""
    for seed in "abcdefgh":
        talk = Conversation(upload("a.mp4"), seed=seed)

        plan = talk.say("add lo-fi. Put a purple elephant somewhere")

        assert "purple elephant" in spoken(plan)


@pytest.mark.parametrize(
    ("message", "language", "chinese"),
    [
        ("加一段音乐，再导出", "en", True),
        ("what can you do?", "", False),
        ("what can you do?", "zh-CN", True),
        ("add a title '海' and export", "en", False),
    ],
)
def test_answers_are_in_the_language_of_the_message(
    message: str, language: str, chinese: bool
) -> None:
    """Chinese outside quotations means Chinese, else the session's language decides, else English."""
    talk = Conversation(language=language)

    answer = talk.say(message)

    assert any("点击" in text or "可以" in text for text in [spoken(answer)]) is chinese


def test_a_summary_names_every_track() -> None:
    """Asked for the status, the agent lists pictures, music, titles and subtitles with their times."""
    talk = Conversation(upload("a.mp4", seconds=9))

    talk.say("add lo-fi at 35%", "add subtitles")
    talk.say("add a title 'Hi' at the top")

    said = spoken(talk.say("status"))
    assert "Timeline (4 tracks): 1. Video: a.mp4 (0-9s)" in said
    assert "BGM: Lo-fi (0-9s, 35%)" in said
    assert "Subtitles:" in said
    assert 'Title: "Hi" (0-3s)' in said


def test_the_last_clip_is_meant_by_name() -> None:
    """`The last clip` is the last upload while the timeline is empty."""
    talk = Conversation(upload("a.mp4"), upload("b.mp4"))

    talk.say("add lo-fi to the last clip")

    assert [s["m"]["name"] for s in talk.pictures] == ["b.mp4"]
