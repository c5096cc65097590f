"""What goes wrong in a conversation is shown, with what to do about it; the conversation goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.display import Problem, Say, Status
from nemovideo_client.errors import NothingToExport, OutOfCredits, TurnLost, UsageError
from nemovideo_client.words import CONNECTION_LOST
from support.meddling.acts import cut, lost
from support.together.house import House
from support.together.lines import SAY, STATE, SUBMIT, UPLOAD
from support.together.talk import Talk, of


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
