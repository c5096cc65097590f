"""A conversation as a skill leads it, in English and Chinese: what is asked for, what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nemovideo_client import NemoClient
from nemovideo_client.display import (
    Delivered,
    Link,
    Problem,
    Say,
    Shown,
    Status,
    Suggestion,
    Timeline,
    Working,
)
from nemovideo_client.errors import NothingToExport, OutOfCredits, TurnLost, UsageError
from nemovideo_client.skill.skill import Skill
from nemovideo_client.words import CONNECTION_LOST, SAY_EXPORT, STILL_WORKING
from nemovideo_pytest._faults import cut, inject, lost
from nemovideo_pytest._script import FILM
from nemovideo_pytest.contract.house import House
from nemovideo_pytest.contract.lines import CREDITS, POLL, SAY, SESSION, STATE, SUBMIT, UPLOAD
from nemovideo_pytest.contract.sound import silence

GUI = ("click", "drag", "panel", "button", "tab", "点击", "拖", "面板", "按钮")
LANGUAGES = ("en", "zh")
REAL = pytest.mark.house(agent="real")


class Talk:
    """One user's conversation, and everything it ever showed."""

    def __init__(self, house: House, folder: Path, nemo: NemoClient | None = None) -> None:
        self.nemo = nemo or house.client()
        self.folder = folder
        self.bytes: list[Working] = []
        self._conversation = house.conversation(
            self.nemo, folder=folder, on_bytes=self.bytes.append
        )

    def say(self, text: str, *files: Path, well: bool = True) -> list[Shown]:
        """Say something; `well` is whether it should go well."""
        stream = self._conversation.say(text, files=[str(file) for file in files])
        shown = list(stream)
        assert stream.result is well, shown
        said = " ".join(_words(thing) for thing in shown).lower()
        assert not [word for word in GUI if word in said], said
        return shown


def of(kind: type[Any], shown: list[Shown]) -> list[Any]:
    """Return what was shown of one kind."""
    return [thing for thing in shown if isinstance(thing, kind)]


def _words(thing: Shown) -> str:
    match thing:
        case Timeline(lines):
            return " ".join(lines)
        case Link(label):
            return label
        case _:
            return thing.text


def texts(house: House) -> list[str]:
    """Return what went to the chat."""
    return [seen.json()["new_message"]["parts"][0]["text"] for seen in house.meddler.asked(SAY)]


BRIEFS = {
    "en": "Make a 30-second lo-fi hip-hop loop at 80 BPM",
    "zh": "做一段30秒的低保真嘻哈音乐，80 BPM",
}


@REAL
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_becomes_something_on_the_timeline(
    house: House, tmp_path: Path, language: str
) -> None:
    """Connect, say, sum up: in the user's language, without a word about tools."""
    shown = Talk(house, tmp_path).say(BRIEFS[language])
    (timeline,) = of(Timeline, shown)

    assert texts(house) == [BRIEFS[language]]
    assert isinstance(shown[0], Status)
    assert "30" in timeline.lines[1]
    assert ("背景音乐" in timeline.lines[1]) is (language == "zh")
    assert house.meddler.asked(SESSION)[0].json()["language"].startswith(language)
    assert not [thing for thing in shown if "multitrack" in _words(thing)]


@REAL
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_afternoon(house: House, tmp_path: Path, language: str) -> None:
    """Brief, edits, questions, export: nothing of it talks of a screen, all of it goes well."""
    said = {
        "en": ["Add a title Hello", "make it louder", "status", "credits", "export srt", "export"],
        "zh": ["添加标题“你好”", "大声一点", "状态", "余额", "导出srt", "导出"],
    }[language]
    talk = Talk(house, tmp_path)
    shown = [thing for text in [BRIEFS[language], *said] for thing in talk.say(text)]

    assert {path.suffix for path in tmp_path.iterdir()} == {".srt", ".mp4"}
    assert len(texts(house)) == 3
    assert talk.nemo.credits().total == 50
    assert len(of(Delivered, shown)) == 2


def test_a_silent_edit_is_told_in_a_sentence(house: House, tmp_path: Path) -> None:
    """Say what became different (vendor skill 1.9), then the timeline."""
    shown = Talk(house, tmp_path).say("edit 20")
    (said,) = of(Say, shown)

    assert said.text.startswith("✅ Title added: 'Hi'")
    assert "Hi" in of(Timeline, shown)[0].lines[1]


def test_talk_of_buttons_is_left_out_and_what_it_meant_is_offered(
    house: House, tmp_path: Path
) -> None:
    """What "Click Export" means: the film can be had (all four skills, "GUI Translation")."""
    shown = Talk(house, tmp_path).say("generate 200")

    assert [said.text for said in of(Say, shown)] == ["Your video is ready!"]
    assert STILL_WORKING.en in {status.text for status in of(Status, shown)}
    assert of(Suggestion, shown) == [Suggestion(SAY_EXPORT.en)]


ANSWERS = {
    "Check your account and billing for credits.": Say("You have 100 credits."),
    "Open the timeline panel to see it.": Timeline(("Timeline is empty.",)),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_points_at_the_screen_is_acted_on(
    house: House, tmp_path: Path, answer: str
) -> None:
    """To "check account" is to show the credits, to "open the panel" the tracks (all four skills)."""
    house.meddler.on(
        SAY, after=inject(f'data: {{"type":"text","content":"{answer}"}}\n\n'.encode())
    )
    shown = Talk(house, tmp_path).say("how is it going")

    assert ANSWERS[answer] in shown


@pytest.mark.parametrize("text", ["credits", "how many credits do I have left?", "余额", "查积分"])
def test_a_question_for_credits_is_no_message(house: House, tmp_path: Path, text: str) -> None:
    """Answered from the balance (all four skills: skip SSE)."""
    shown = Talk(house, tmp_path).say(text)

    assert "100" in of(Say, shown)[0].text
    assert (texts(house), len(house.asked(CREDITS))) == ([], 1)


@pytest.mark.parametrize("text", ["status", "show tracks", "状态"])
def test_a_question_for_the_tracks_is_no_message(house: House, tmp_path: Path, text: str) -> None:
    """Answered from the state (all four skills: skip SSE)."""
    talk = Talk(house, tmp_path)
    talk.say("edit 20")
    (timeline,) = of(Timeline, talk.say(text))

    assert "Hi" in timeline.lines[1]
    assert texts(house) == ["edit 20"]


def test_credits_in_use_are_mentioned(house: House, tmp_path: Path) -> None:
    """`frozen` is what running work has reserved."""
    talk = Talk(house, tmp_path)
    with talk.nemo.stream("edit 20") as events:
        next(events)
        said = of(Say, talk.say("credits"))

    assert [("50" in say.text) for say in said] == [True, True]


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


def test_a_project_link_is_shown_where_the_skill_says_so(house: House, tmp_path: Path) -> None:
    """Vendor skill 1.9: a link with a claim token, once connected."""
    skill = Skill.read(
        "---\nname: a\nversion: 1.0.0\n---\n# A\n\n"
        "Open `$WEB/workspace/claim?ct=$CLAIM_TOKEN` (POST /api/auth/claim-token)\n"
    )
    nemo = house.client(skill=skill, web_url=house.door.base_url)
    shown = Talk(house, tmp_path, nemo).say("credits")

    (link,) = of(Link, shown)

    assert house.browse(link.url).status_code == 200


# what goes wrong


def test_nothing_to_export_is_told(house: House, tmp_path: Path) -> None:
    """A problem is shown, not raised, and says what to do."""
    (problem,) = of(Problem, Talk(house, tmp_path).say("export", well=False))

    assert isinstance(problem.error, NothingToExport)
    assert "Generate or upload something first" in problem.text
    assert list(tmp_path.iterdir()) == []


def test_no_credits_are_told_with_where_to_get_some(house: House, tmp_path: Path) -> None:
    """2001 (all four skills)."""
    talk = Talk(house, tmp_path)
    talk.say("generate 200")
    (problem,) = of(Problem, talk.say("edit 20", well=False))

    assert isinstance(problem.error, OutOfCredits)
    assert f"/register?bind={talk.nemo.user_id}" in problem.text


def test_a_problem_ends_the_message_and_not_the_conversation(house: House, tmp_path: Path) -> None:
    """What comes after the failed part is not done; the next message is."""
    talk = Talk(house, tmp_path)
    house.meddler.on(SAY, instead=lost)
    (problem,) = of(Problem, talk.say("make it louder and then export", well=False))
    shown = talk.say("edit 20")

    assert isinstance(problem.error, TurnLost)
    assert house.asked(SUBMIT) == []
    assert of(Say, shown)


def test_a_broken_stream_is_told_and_recovered(house: House, tmp_path: Path) -> None:
    """The user hears that the connection broke, and then what was done all the same."""
    house.meddler.on(SAY, after=cut("reset", 1))
    shown = Talk(house, tmp_path).say("edit 20")

    assert CONNECTION_LOST.en in {status.text for status in of(Status, shown)}
    assert "✅" in of(Say, shown)[0].text
    assert house.asked(STATE)[1] == pytest.approx(31)


def test_a_file_that_is_not_there_is_told(house: House, tmp_path: Path) -> None:
    """And nothing is sent."""
    shown = Talk(house, tmp_path).say("upload this", tmp_path / "none.mp4", well=False)

    assert type(of(Problem, shown)[0].error) is UsageError
    assert house.asked(UPLOAD) == []
