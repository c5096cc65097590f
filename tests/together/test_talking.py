"""A conversation as a skill leads it, in English and Chinese: what is asked for, what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.display import Delivered, Link, Say, Status, Suggestion, Timeline
from nemovideo_client.skill.skill import Skill
from nemovideo_client.words import SAY_EXPORT, STILL_WORKING
from support.meddling.acts import inject
from support.together.house import House
from support.together.lines import CREDITS, SAY, SESSION
from support.together.talk import LANGUAGES, REAL, Talk, of, texts, words

WITH_A_LINK = Skill.read(
    "---\nname: a\nversion: 1.0.0\n---\n# A\n\n"
    "Open `$WEB/workspace/claim?ct=$CLAIM_TOKEN` (POST /api/auth/claim-token)\n"
)
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
    assert not [thing for thing in shown if "multitrack" in words(thing)]


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


@pytest.mark.breaks(
    "stream-closed-early", because="it only looks at the credits while the work goes on"
)
def test_credits_in_use_are_mentioned(house: House, tmp_path: Path) -> None:
    """`frozen` is what running work has reserved."""
    talk = Talk(house, tmp_path)
    with talk.nemo.stream("edit 20") as events:
        next(events)
        said = of(Say, talk.say("credits"))

    assert [("50" in say.text) for say in said] == [True, True]


@pytest.mark.house(claim_link="token")
def test_a_service_without_claim_tokens_can_be_talked_to(house: House, tmp_path: Path) -> None:
    """Before 1.9 there are none, so no link is shown; a link with the token itself is never made."""
    shown = Talk(house, tmp_path, house.client(skill=WITH_A_LINK)).say("credits")

    assert of(Link, shown) == []
    assert of(Say, shown)


@pytest.mark.house(claim_link="ct")
def test_a_project_link_is_shown_where_the_skill_says_so(house: House, tmp_path: Path) -> None:
    """Vendor skill 1.9: a link with a claim token, once connected."""
    nemo = house.client(skill=WITH_A_LINK, web_url=house.door.base_url)
    shown = Talk(house, tmp_path, nemo).say("credits")

    (link,) = of(Link, shown)

    assert house.browse(link.url).status_code == 200
