"""Sessions: played over httpx and by the client, written down and read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import find, given, settings

from nemovideo_client.errors import NemoError
from nemovideo_fakeserver import Fake, Options, scenario
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.machine.clients import nemo_player
from nemovideo_pytest.strategies import (
    ACTS,
    Act,
    Case,
    HttpPlayer,
    Refused,
    Session,
    sessions,
    words,
)

ERRORS = (NemoError, Refused, httpx.HTTPError)


def over_http(fake: Fake) -> HttpPlayer:
    """Somebody who does it with httpx alone."""
    http = httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1", timeout=900)
    return HttpPlayer(http, fake.clock.sleep_sync)


@pytest.mark.parametrize("player", [over_http, nemo_player])
@settings(max_examples=15)
@given(session=sessions())
def test_any_session_can_be_played(player: Callable[[Fake], Any], session: Session) -> None:
    """Act by act, by whoever has the methods; what is refused is a typed error."""
    with Fake(studio=Darkroom()) as fake:
        played = session.play(player(fake), errors=ERRORS)

    assert tuple(step.act for step in played) == session.acts


def test_a_whole_day_over_http() -> None:
    """Every act does what its name says."""
    acts = (
        *(Act(name=name) for name in ("token", "session")),
        Act(name="upload", told="https://example.test/beach.mp4"),
        Act(name="say", told='Add the title "Hi"'),
        Act(name="leave", told="Make the title red"),
        Act(name="wait", told=60.0),
        *(Act(name=n) for n in ("state", "credits", "order", "cancel", "poll", "export")),
        *(Act(name=n) for n in ("poll", "download", "resume")),
    )
    with Fake(studio=Darkroom()) as fake:
        played = {step.act.name: step.result for step in Session(acts).play(over_http(fake))}

    assert {act.name for act in acts} == set(ACTS)
    assert len(played["leave"]) == 1
    assert played["state"]["draft"]["t"][-1]["sg"][0]["m"]["color"] == "red"
    assert played["credits"]["total"] == 50
    assert played["cancel"]["status"] == "cancelled"
    assert played["poll"]["status"] == "completed"
    assert len(played["download"]) == 1024


def test_a_file_is_uploaded_from_disk(tmp_path: Path) -> None:
    """A path that is no URL is sent; what is no film is refused by its code."""
    file = tmp_path / "note.mp4"
    file.write_text("no film")
    with Fake() as fake:
        player = over_http(fake)
        player.token()
        player.session()
        with pytest.raises(Refused) as refused:
            player.upload(str(file))

    assert refused.value.code == 4001


@settings(max_examples=60)
@given(sessions(messages=words(awkward=True), orderly=False))
def test_a_session_is_text(session: Session) -> None:
    """One line an act, and the same session when it is read again."""
    assert Session.parse(session.text()) == session
    assert len(str(session).splitlines()) == max(1, len(session.acts))


def test_notes_stay_with_an_act() -> None:
    """They are written, read again, and told to no player."""
    act = Act(name="say", told="Hi", notes={"effect": {"effect": "Untouched"}})

    assert Session.parse(f"- {act.line()}") == Session((act,))
    assert Session.parse(f"- {Act(name='credits', notes={'why': 'x'}).line()}").acts[0].told is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- dance", "no act is called 'dance'; there are: token, session"),
        ("- say", "the act say is told message, not None"),
        ("- credits: 5", "the act credits is told nothing more, not 5"),
        ("say: hi", "a session is a YAML list of acts, not"),
        ("- [", "a session is a YAML list of acts: "),
        ("- 5", "an act is a name, or a name and what it is told, not 5"),
    ],
)
def test_a_text_that_is_no_session_is_told(text: str, says: str) -> None:
    """The error says what there would be."""
    with pytest.raises(ValueError, match=says):
        Session.parse(text)


def test_a_player_without_a_method_is_told() -> None:
    """With what to do about it."""
    with pytest.raises(AttributeError, match="object has no method token: give it one, or leave"):
        Act(name="token").play(object())


def test_orderly_sessions_ask_after_films_that_were_ordered() -> None:
    """And the others ask after any."""
    polled = find(sessions(acts=["poll", "order"]), lambda s: any(a.name == "poll" for a in s.acts))
    stray = find(sessions(acts=["poll"], orderly=False), lambda s: len(s.acts) == 1)

    assert [act.name for act in polled.acts] == ["token", "session", "order", "poll"]
    assert [act.name for act in stray.acts] == ["poll"]


def test_a_case_is_a_scenario_with_acts(tmp_path: Path) -> None:
    """The fake plays the file as it is; the acts and remarks are read back from its comments."""
    session = Session((Act(name="token"), Act(name="say", told="日落\n# - credits")))
    words_ = {"name": "mine", "faults": [{"at": "turn.frozen", "do": {"status": 503}}]}
    case = Case(scenario=words_, session=session, remarks=("why",))
    file = tmp_path / "deep" / "mine.yaml"

    case.write(file)

    assert Case.read(file) == case
    with Fake(Options(scenario=scenario.read(file))) as fake:
        assert fake.faults.armed[0].fault.at == "turn.frozen"
    assert [path.name for path in file.parent.iterdir()] == ["mine.yaml"]


def test_a_case_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """A scenario that the fake would refuse is told, and nothing is half-written."""
    file = tmp_path / "mine.yaml"
    Case(scenario={"name": "old"}, session=Session(())).write(file)

    with pytest.raises(scenario.ScenarioBroken):
        Case(scenario={"naem": "new"}, session=Session(())).write(file)

    assert Case.read(file).scenario == {"name": "old"}
    assert list(tmp_path.iterdir()) == [file]
