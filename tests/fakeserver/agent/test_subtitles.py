"""Subtitles in given words, and one subtitle at a time."""

from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

CLIP = upload("a.mp4", seconds=9)


def words(talk: Conversation) -> list[str]:
    """Return the words of the subtitles in order."""
    return [s["m"]["text"] for s in talk.texts if s["m"]["role"] == "subtitle"]


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        (
            "Add subtitles: Hello there; How are you; Goodbye",
            ["Hello there", "How are you", "Goodbye"],
        ),
        ("Add subtitles:\nHello there\nHow are you?", ["Hello there", "How are you?"]),
        ("Add captions: one | two | three", ["one", "two", "three"]),
        ("Add subtitles:\n1. One\n2. Two", ["One", "Two"]),
        (
            "Add subtitles: Trim the sails; Add music to life",
            ["Trim the sails", "Add music to life"],
        ),
        ("Add subtitles: Hello", ["Hello"]),
        ('Add subtitles: "A; B" "C"', ["A; B", "C"]),
        ("加上字幕：第一句；第二句；第三句", ["第一句", "第二句", "第三句"]),
        ("添加字幕：你好\n再见", ["你好", "再见"]),
    ],
)
def test_words_behind_a_colon_are_the_subtitles(message: str, lines: list[str]) -> None:
    """Each line is a subtitle as it was written, whatever it would mean elsewhere."""
    talk = Conversation(CLIP)

    done = talk.say(message)

    assert operations(done) == ["add_clips", "add_subtitles"]
    assert words(talk) == lines
    assert "placeholder" not in spoken(done)
    assert "占位" not in spoken(done)


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("Add subtitles: one | two. Then add jazz music", ["one", "two."]),
        ("添加字幕：你好；再见。再加爵士音乐", ["你好", "再见。"]),
    ],
)
def test_a_request_behind_the_lines_is_done(message: str, lines: list[str]) -> None:
    """What begins like a request behind the last line is no subtitle."""
    talk = Conversation(CLIP)

    talk.say(message)

    assert words(talk) == lines
    assert talk.sound["genre"] == "jazz"


def test_looks_behind_a_colon_are_no_words() -> None:
    """`Subtitles: white, at the top` says how they look."""
    talk = Conversation(CLIP)

    said = spoken(talk.say("Add subtitles: white, at the top"))

    assert "placeholder" in said
    assert {s["m"]["position"] for s in talk.texts} == {"top-center"}


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ('Change the first subtitle to "Hi"', ["Hi", "B", "C"]),
        ('Subtitle line 1 should read "Hi"', ["Hi", "B", "C"]),
        ('change subtitle 2 to "Hi"', ["A", "Hi", "C"]),
        ('the last subtitle should say "Hi"', ["A", "B", "Hi"]),
        ('change the subtitle "B" to "Hi"', ["A", "Hi", "C"]),
        ("把第一句字幕改成“嗨”", ["嗨", "B", "C"]),
        ("第2条字幕改为“嗨”", ["A", "嗨", "C"]),
        ("把最后一条字幕改成“嗨”", ["A", "B", "嗨"]),
    ],
)
def test_one_subtitle_changes_and_the_others_stay(message: str, lines: list[str]) -> None:
    """A subtitle that is counted or quoted gets new words at its old time."""
    talk = Conversation(CLIP)
    talk.say("Add subtitles: A; B; C")
    before = [(s["id"], s["s"], s["d"]) for s in talk.texts]

    done = talk.say(message)

    assert operations(done) == ["change_subtitles"]
    assert words(talk) == lines
    assert [(s["id"], s["s"], s["d"]) for s in talk.texts] == before


@pytest.mark.parametrize("message", ["make the second subtitle yellow", "把第二条字幕改成黄色"])
def test_one_subtitle_is_painted(message: str) -> None:
    """Looks, too, can be meant for one subtitle."""
    talk = Conversation(CLIP)
    talk.say("Add subtitles: A; B; C")

    talk.say(message)

    assert [s["m"]["color"] for s in talk.texts] == ["white", "yellow", "white"]


@pytest.mark.parametrize("message", ["remove the second subtitle", "删掉第二条字幕"])
def test_one_subtitle_is_removed(message: str) -> None:
    """The other subtitles stay."""
    talk = Conversation(CLIP)
    talk.say("Add subtitles: A; B; C")

    talk.say(message)

    assert words(talk) == ["A", "C"]


@pytest.mark.parametrize(
    "message", ['change subtitle 7 to "Hi"', "把第七条字幕改成“嗨”", "remove subtitle 7"]
)
def test_a_subtitle_that_is_not_there_changes_nothing(message: str) -> None:
    """A number beyond the last subtitle is an answer that tells how many there are."""
    talk = Conversation(CLIP)
    talk.say("Add subtitles: A; B; C")

    done = talk.say(message)

    assert operations(done) == []
    assert "3" in spoken(done)
    assert words(talk) == ["A", "B", "C"]
