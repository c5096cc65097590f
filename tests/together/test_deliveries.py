"""Files that come with a message, and files that are made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.display import Delivered, Say, Working
from nemovideo_pytest.darkroom import FILM
from support.together.house import House
from support.together.lines import POLL, SAY, SUBMIT, UPLOAD
from support.together.sound import silence
from support.together.talk import REAL, Talk, of, texts


@pytest.mark.parametrize("text", ["upload this", "上传", ""])
def test_a_file_that_comes_along_is_uploaded(house: House, tmp_path: Path, text: str) -> None:
    """Whatever is said of it (all four skills: "user sends file")."""
    talk = Talk(house, tmp_path)
    shown = talk.say(text, silence(tmp_path / "quiet.wav", 2))

    assert "quiet.wav (2 s)" in of(Say, shown)[0].text
    assert talk.bytes[-1].done == talk.bytes[-1].total
    assert len(talk.nemo.state().video_infos) == 1
    assert texts(house) == []


def test_files_come_before_what_is_to_be_done_with_them(house: House, tmp_path: Path) -> None:
    """Upload, then the message."""
    talk = Talk(house, tmp_path)
    talk.say("use it as background music", silence(tmp_path / "quiet.wav"))

    assert texts(house) == ["use it as background music"]
    assert house.asked(UPLOAD)[0] <= house.asked(SAY)[0]
    assert len(talk.nemo.state().video_infos) == 1


@pytest.mark.parametrize("text", ["export", "download", "send me the video", "导出", "下载"])
def test_an_export_is_delivered(house: House, tmp_path: Path, text: str) -> None:
    """Rendered, fetched and saved; "export" never goes to the chat (vendor skill 4.4)."""
    talk = Talk(house, tmp_path)
    talk.say("edit 20")
    shown = talk.say(text)
    (delivered,) = of(Delivered, shown)

    assert delivered.path.parent == tmp_path
    assert delivered.path.read_bytes() == FILM
    assert [work.stage for work in of(Working, shown)] == ["render"] * (1 + len(house.asked(POLL)))
    assert talk.bytes[-1].stage == "download"
    assert texts(house) == ["edit 20"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("export srt", "subtitles.srt"), ("download the subtitles", "subtitles.srt"),
     ("export vtt", "subtitles.vtt"), ("导出字幕", "subtitles.srt")],
)  # fmt: skip
def test_subtitles_are_written_without_a_render(
    house: House, tmp_path: Path, text: str, name: str
) -> None:
    """Texts on the timeline, as a file (51934287673)."""
    talk = Talk(house, tmp_path)
    talk.say("edit 20")
    (delivered,) = of(Delivered, talk.say(text))

    assert delivered.path == tmp_path / name
    assert "Hi" in delivered.path.read_text(encoding="utf-8")
    assert (texts(house), house.asked(SUBMIT)) == (["edit 20"], [])


@pytest.mark.parametrize(
    ("text", "chat"),
    [
        ("Add a title Hello and then export", "Add a title Hello"),
        ("添加标题“你好”，然后导出", "添加标题“你好”"),
    ],
)
@REAL
def test_two_things_in_one_message_are_done_in_order(
    house: House, tmp_path: Path, text: str, chat: str
) -> None:
    """The edit goes to the chat, the export does not."""
    talk = Talk(house, tmp_path)
    shown = talk.say(text)
    (delivered,) = of(Delivered, shown)

    assert texts(house) == [chat]
    assert delivered.path.read_bytes() == FILM
    assert house.asked(SAY)[0] < house.asked(SUBMIT)[0]
